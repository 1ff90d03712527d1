import { EncodingError } from './encoding-error.ts'
import { toSafeNumber } from './safe-number.ts'

const MAX_VALUE = 0xffffffffffffffffn

/** A number that was read, and the position after it. Spec 10 §4. */
export interface Varint<Value extends number | bigint> {
  readonly value: Value
  readonly end: number
}

/**
 * Base 128 as in protobuf: seven bits a byte, the low ones first, bit 0x80 on all bytes but the last. 1 to 10 bytes.
 * Spec 10 §4.
 * @throws {EncodingError} `encoding.out-of-range` for a fraction, or anything outside 0 to 2^64 - 1
 */
export function encodeVarint(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new EncodingError('encoding.out-of-range')
  let rest = BigInt(value)
  if (rest < 0n || rest > MAX_VALUE) throw new EncodingError('encoding.out-of-range')
  const bytes: number[] = []
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

/**
 * Reads the varint that begins at a position. Longer spellings than needed are taken, as protobuf readers do, up to
 * ten bytes; bits past the 64th are refused. Spec 10 §4.
 * @throws {EncodingError} `varint.truncated`, `varint.too-large`
 */
export function readVarint(input: Uint8Array, at = 0): Varint<bigint> {
  let value = 0n
  for (let count = 0; count < 10; count++) {
    const byte = input[at + count]
    if (byte === undefined) throw new EncodingError('varint.truncated', { at })
    value |= BigInt(byte & 0x7f) << BigInt(7 * count)
    if (byte < 0x80) {
      if (value > MAX_VALUE) throw new EncodingError('varint.too-large', { at })
      return { value, end: at + count + 1 }
    }
  }
  throw new EncodingError('varint.too-large', { at })
}

/**
 * The same for lengths, counts and other numbers that are small when they are honest. Spec 10 §4.
 * @throws {EncodingError} `varint.truncated`, `varint.too-large`; `encoding.out-of-range` past 2^53 - 1
 */
export function readSafeVarint(input: Uint8Array, at = 0): Varint<number> {
  const { value, end } = readVarint(input, at)
  return { value: toSafeNumber(value), end }
}
