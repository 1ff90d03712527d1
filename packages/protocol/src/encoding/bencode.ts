/**
 * A decoded value. Byte strings are views into the input, not copies. Integers are from -2^63 to 2^64 - 1. Dictionary
 * keys are Latin-1, one character per byte; a `Map` keeps them in the order in which they stood. Spec 30 §1.
 */
export type Bencode = bigint | Uint8Array | readonly Bencode[] | BencodeDict

/** A decoded dictionary. Ask for its fields with `expectBytes` and its neighbours. Spec 30 §1. */
export type BencodeDict = ReadonlyMap<string, Bencode>

/**
 * What can be encoded. A `number` must be a safe integer, a `boolean` becomes 1 or 0, a `string` its UTF-8 bytes. Keys
 * are Latin-1, one character per byte, as in `Bencode`; their order does not matter. Spec 30 §1.
 */
export type BencodeInput =
  | bigint
  | number
  | boolean
  | string
  | Uint8Array
  | readonly BencodeInput[]
  | ReadonlyMap<string, BencodeInput>

/** The smallest integer that fits in 64 bits, signed. Spec 30 §1. */
export const MIN_INTEGER = -(2n ** 63n)
/** The largest, unsigned. Spec 30 §1. */
export const MAX_INTEGER = 2n ** 64n - 1n

/** The bytes that give bencoding its structure. */
export const mark = {
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  dict: 0x64,
  end: 0x65,
  integer: 0x69,
  list: 0x6c,
} as const
