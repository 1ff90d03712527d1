import { utf8Encode } from './utf8.ts'

/** For each byte the value of the digit that it is in ASCII, or -1. */
export function digitTable(alphabet: string): Int8Array {
  const values = new Int8Array(256).fill(-1)
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  return values
}

/** For each digit value its ASCII byte. */
export function codeTable(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, digit => digit.charCodeAt(0))
}

/**
 * The characters of a text of digits as bytes, which a table reads faster than characters. A character that is not
 * ASCII becomes one byte from 0x80 up, which is no digit in any alphabet; so positions stay the same.
 */
export function digitBytes(text: string): Uint8Array {
  const utf8 = utf8Encode(text)
  if (utf8.length === text.length) return utf8
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.min(text.charCodeAt(at), 0xff)
  return bytes
}
