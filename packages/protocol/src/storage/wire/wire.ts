import { type Json } from '../../encoding/index.ts'

/** How requests and replies are written. Bencoding is for connections between machines. Spec 20 §3.1. */
export type Encoding = 'json' | 'bencode'

/** Bytes, and the way in which JSON spells them. Bencoding has them raw. */
export class SpelledBytes {
  readonly bytes: Uint8Array
  readonly spelling: 'hex' | 'base64'

  constructor(bytes: Uint8Array, spelling: 'hex' | 'base64') {
    this.bytes = bytes
    this.spelling = spelling
  }
}

/** JSON inside a request or reply. Bencoding has it as text. Spec 20 §3.13. */
export class EmbeddedJson {
  readonly value: Json

  constructor(value: Json) {
    this.value = value
  }
}

/** A part that somebody has kept as the JSON that it becomes. Bencoding is made of the part itself, which few ask for. */
export class WrittenJson {
  readonly text: string
  readonly wire: () => Wire

  constructor(text: string, wire: () => Wire) {
    this.text = text
    this.wire = wire
  }
}

/** A part of a request or reply before it is encoded in either way. Flags are 1 and 0 in bencoding. */
export type Wire = number | string | boolean | SpelledBytes | EmbeddedJson | WrittenJson | readonly Wire[] | WireObject

/** Keys and values. There is no null: what is absent is left out. */
export type WireObject = ReadonlyMap<string, Wire>

/** Bytes that JSON spells in lower-case hex. */
export function hex(bytes: Uint8Array): SpelledBytes
export function hex(bytes: Uint8Array | undefined): SpelledBytes | undefined
export function hex(bytes: Uint8Array | undefined): SpelledBytes | undefined {
  return bytes === undefined ? undefined : new SpelledBytes(bytes, 'hex')
}

/** Bytes that JSON spells in base64 with padding. */
export function base64(bytes: Uint8Array): SpelledBytes
export function base64(bytes: Uint8Array | undefined): SpelledBytes | undefined
export function base64(bytes: Uint8Array | undefined): SpelledBytes | undefined {
  return bytes === undefined ? undefined : new SpelledBytes(bytes, 'base64')
}

/** The members that are given; the names must be our own. */
export function wireObject(members: Readonly<Record<string, Wire | undefined>>): WireObject {
  const object = new Map<string, Wire>()
  for (const [key, value] of Object.entries(members)) if (value !== undefined) object.set(key, value)
  return object
}
