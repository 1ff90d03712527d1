import { utf8Encode } from '../encoding/index.ts'

const COLON = 0x3a
const LIST_START = 0x6c
const LIST_END = 0x65

/** A bencoded list of byte strings, `l<length>:<bytes>…e`, to be joined. */
export function listPieces(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const pieces = parts.flatMap(part => [utf8Encode(`${part.length}:`), part])
  return [Uint8Array.of(LIST_START), ...pieces, Uint8Array.of(LIST_END)]
}

/** How long that is. */
export function partsLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + String(length).length + 1 + length, 2)
}

/**
 * Takes a bencoded list of one or two byte strings apart; `undefined` for anything else, and when something follows.
 * Views into the input. A list of a million empty strings is refused at its third.
 */
export function decodeParts(bytes: Uint8Array): readonly [Uint8Array, Uint8Array?] | undefined {
  if (bytes[0] !== LIST_START) return undefined
  const head = readString(bytes, 1)
  if (head === undefined) return undefined
  const body = readString(bytes, head.end)
  const end = body?.end ?? head.end
  if (bytes[end] !== LIST_END || end + 1 !== bytes.length) return undefined
  return body === undefined ? [head.part] : [head.part, body.part]
}

/** Lengths have eight digits at most, leading zeros among them: enough for 10 MiB. */
function readString(bytes: Uint8Array, start: number): { readonly part: Uint8Array; readonly end: number } | undefined {
  let at = start
  let length = 0
  for (; at < start + 8; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) break
    length = 10 * length + digit
  }
  if (at === start || bytes[at] !== COLON || length > bytes.length - at - 1) return undefined
  const end = at + 1 + length
  return { part: bytes.subarray(at + 1, end), end }
}
