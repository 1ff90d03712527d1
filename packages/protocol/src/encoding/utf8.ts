import { EncodingError } from './encoding-error.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A lone surrogate, which UTF-8 cannot say, becomes U+FFFD. No spec: all documents take UTF-8 for granted. */
export function utf8Encode(text: string): Uint8Array {
  return encoder.encode(text)
}

/**
 * Strict: no replacement characters, and a byte order mark stays in the text, so that encoding gives the same bytes.
 * Spec 70 §6.1.
 * @throws {EncodingError} `encoding.bad-utf8`
 */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new EncodingError('encoding.bad-utf8', { length: bytes.length }, { cause })
  }
}
