import { EncodingError } from './encoding-error.ts'

/** Few enough arguments for one call on every stack. */
const CHUNK = 4096

/** One character, U+0000 to U+00FF, for each byte: how bencoded dictionaries name their keys here. Spec 30 §1. */
export function latin1Decode(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + CHUNK))
  }
  return text
}

/** Spec 30 §1. @throws {EncodingError} `encoding.bad-latin1` for a character past U+00FF */
export function latin1Encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0xff) throw new EncodingError('encoding.bad-latin1', { at })
    bytes[at] = code
  }
  return bytes
}
