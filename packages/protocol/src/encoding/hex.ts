import { codeTable, digitTable } from './ascii-digits.ts'
import { EncodingError } from './encoding-error.ts'
import { utf8Decode } from './utf8.ts'

const codes = codeTable('0123456789abcdef')
const values = digitTable('0123456789abcdef')
for (let letter = 0x41; letter <= 0x46; letter++) values[letter] = letter - 0x41 + 10

/** Two lower-case digits for each byte. Spec 10 §1.1. */
export function encodeHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(bytes.length * 2)
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    digits[2 * at] = codes[byte >> 4] ?? 0
    digits[2 * at + 1] = codes[byte & 15] ?? 0
  }
  return utf8Decode(digits)
}

/**
 * Upper and lower case are the same; nothing else is forgiven. Spec 20 §3.2.
 * @throws {EncodingError} `hex.bad-length`, `hex.bad-digit`
 */
export function decodeHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new EncodingError('hex.bad-length', { length: text.length })
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) {
    // A bad digit is -1, which keeps its sign bit through the shift and the or.
    const byte = (digitAt(text, 2 * at) << 4) | digitAt(text, 2 * at + 1)
    if (byte < 0) throw new EncodingError('hex.bad-digit', { at: digitAt(text, 2 * at) < 0 ? 2 * at : 2 * at + 1 })
    bytes[at] = byte
  }
  return bytes
}

/** Exactly `size` bytes in hex, or `undefined` for any other text. Spec 20 §3.2. */
export function tryDecodeHex(text: string, size: number): Uint8Array | undefined {
  return text.length === 2 * size && /^[0-9A-Fa-f]*$/.test(text) ? decodeHex(text) : undefined
}

/** Characters one by one: keys and ids are short, and turning them into bytes first takes three times as long. */
function digitAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? -1
}
