import { decodeBase64 } from './base64.ts'
import { EncodingError } from './encoding-error.ts'
import { tryDecodeHex } from './hex.ts'

/**
 * Exactly `size` bytes in hex, or in base64 with or without padding, as many servers take keys and signatures; the number
 * of digits tells which it is, from 5 bytes on. `undefined` for any other text; longer ones are not looked at. Spec 40 §3, §9.1.
 */
export function decodeHexOrBase64(text: string, size: number): Uint8Array | undefined {
  if (text.length >= 2 * size) return tryDecodeHex(text, size)
  try {
    const bytes = decodeBase64(text)
    return bytes.length === size ? bytes : undefined
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}
