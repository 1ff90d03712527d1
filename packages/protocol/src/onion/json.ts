import { utf8Decode } from '../encoding/index.ts'

/** A parsed object. Keys from outside never become properties. */
export type JsonMembers = ReadonlyMap<string, unknown>

/** How large a JSON text may be. Spaces after it do not count: they are padding. */
export interface JsonLimits {
  readonly maxBytes: number
  /** About how many values there may be, so that a crowd of tiny ones cannot fill the memory. */
  readonly maxValues: number
}

/** For routes, and the heads of requests and replies of servers. */
export const headLimits: JsonLimits = { maxBytes: 65_536, maxValues: 1024 }
/** For texts that hold a whole body as one string. */
export const bodyLimits: JsonLimits = { maxBytes: 10_485_760, maxValues: 65_536 }

const MAX_DEPTH = 32
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * The members of a JSON object in UTF-8, or `undefined` if it is none or passes a limit. Of a key that comes twice the
 * last counts, as upstream. Spec 70 §6.1, F2 to F4.
 */
export function readJsonObject(bytes: Uint8Array, limits: JsonLimits): JsonMembers | undefined {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0x20) end--
  const text = bytes.subarray(0, end)
  if (text.length > limits.maxBytes || !isModest(text, limits.maxValues)) return undefined
  return parseObject(text)
}

/** Turns an object inside a parsed text into members; `undefined` for anything else. */
export function membersOf(value: unknown): JsonMembers | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return new Map(Object.entries(value))
}

function parseObject(text: Uint8Array): JsonMembers | undefined {
  try {
    return membersOf(JSON.parse(utf8Decode(text)))
  } catch {
    return undefined
  }
}

/** Whether the text is neither deep nor crowded. Looks only at brackets and commas outside of strings. */
function isModest(text: Uint8Array, maxValues: number): boolean {
  let depth = 0
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]
    if (byte === QUOTE) at = skipString(text, at)
    else if (byte === 0x2c) values++
    else if (byte === 0x5b || byte === 0x7b) {
      values++
      depth++
      if (depth > MAX_DEPTH) return false
    } else if (byte === 0x5d || byte === 0x7d) depth--
    if (values > maxValues) return false
  }
  return true
}

/** The position of the quote that ends the string, or the end of the text. */
function skipString(text: Uint8Array, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1
  return at
}
