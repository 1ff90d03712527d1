import { codeTable, digitBytes, digitTable } from './ascii-digits.ts'
import { EncodingError } from './encoding-error.ts'
import { utf8Decode } from './utf8.ts'

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'
const codes = codeTable(ALPHABET)
const values = digitTable(ALPHABET)

/**
 * z-base-32: five bits a digit, the high ones first, no padding; 32 bytes are 52 digits of which the last has four unused
 * bits. Spec 20 §3.13 (`.snode` addresses), spec 30 §4.4 (community keys).
 */
export function encodeBase32z(bytes: Uint8Array): string {
  const digits = new Uint8Array(Math.ceil((bytes.length * 8) / 5))
  let bits = 0
  let bitCount = 0
  let out = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    for (bitCount += 8; bitCount >= 5; bitCount -= 5) digits[out++] = codes[(bits >> (bitCount - 5)) & 31] ?? 0
  }
  if (bitCount > 0) digits[out] = codes[(bits << (5 - bitCount)) & 31] ?? 0
  return utf8Decode(digits)
}

/**
 * Lower case only; the unused bits of the last digit must be zero, so that there is one text for each sequence of
 * bytes. Spec 20 §3.13, spec 30 §4.4.
 * @throws {EncodingError} `base32z.bad-length`, `base32z.bad-digit`, `base32z.bad-end`
 */
export function decodeBase32z(text: string): Uint8Array {
  const unusedBits = (text.length * 5) % 8
  if (unusedBits >= 5) throw new EncodingError('base32z.bad-length', { length: text.length })
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let bitCount = 0
  let out = 0
  for (const [at, digit] of digitBytes(text).entries()) {
    const value = values[digit] ?? -1
    if (value < 0) throw new EncodingError('base32z.bad-digit', { at })
    bits = ((bits << 5) | value) & 0xfff
    bitCount += 5
    if (bitCount >= 8) bytes[out++] = bits >> (bitCount -= 8)
  }
  if ((bits & ((1 << unusedBits) - 1)) !== 0) throw new EncodingError('base32z.bad-end')
  return bytes
}
