import { utf8Encode } from '@sotto/protocol/encoding'

/** The first `length` bytes; all of them if there are no more. A copy. */
export function truncated(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.slice(0, length)
}

/** A copy with one bit flipped, counted from the lowest bit of the first byte. Past the end nothing is changed. */
export function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  const index = Math.floor(at / 8)
  return bytes.map((byte, each) => (each === index ? byte ^ (1 << (at % 8)) : byte))
}

/** A copy in which `remove` bytes at `at` are replaced by `insert`. */
export function spliced(
  bytes: Uint8Array,
  { at, remove, insert }: { readonly at: number; readonly remove: number; readonly insert: Uint8Array },
): Uint8Array {
  const start = Math.min(at, bytes.length)
  return Uint8Array.from([...bytes.subarray(0, start), ...insert, ...bytes.subarray(start + remove)])
}

/** What a parser may take for a length that is far too large, in the ways in which formats write lengths. */
const bombs: readonly Uint8Array[] = [
  Uint8Array.of(0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
  utf8Encode('99999999999999999999:'),
  utf8Encode('l'.repeat(200)),
]

/** A copy with a huge length written over it at `at`. `kind` picks how it is written. */
export function bombed(bytes: Uint8Array, { at, kind }: { readonly at: number; readonly kind: number }): Uint8Array {
  const bomb = bombs[kind % bombs.length] ?? new Uint8Array(0)
  return spliced(bytes, { at, remove: bomb.length, insert: bomb })
}
