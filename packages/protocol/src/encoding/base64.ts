import { codeTable, digitTable } from './ascii-digits.ts'
import { EncodingError } from './encoding-error.ts'
import { utf8Decode } from './utf8.ts'

const standardAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const codes = { standard: codeTable(standardAlphabet), url: codeTable(urlAlphabet) }
const values = { standard: digitTable(standardAlphabet), url: digitTable(urlAlphabet) }
const equalsSign = 0x3d

/** What `decodeBase64` takes. */
export interface Base64Options {
  /** `standard` (the default) has `+` and `/`, `url` has `-` and `_`. They are never mixed. */
  readonly alphabet?: 'standard' | 'url'
  /**
   * Whether equals signs fill the last group up to four characters. `optional` (the default) is what nodes and
   * community servers take: 64 bytes are 86 or 88 characters. All or none: `=` where `==` is due is refused.
   */
  readonly padding?: 'required' | 'optional' | 'none'
}

/** Standard alphabet with padding: the spelling of message data and signatures. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, codes.standard, true)
}

/** Standard alphabet without padding: the spelling of message hashes (spec 20 §3.4). */
export function encodeBase64Unpadded(bytes: Uint8Array): string {
  return encode(bytes, codes.standard, false)
}

/** URL alphabet without padding: the spelling of file ids (spec 40 §8) and web push keys. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, codes.url, false)
}

/**
 * White space is not skipped, and the unused bits of the last digit must be zero, so that with a fixed padding
 * there is one text for each sequence of bytes.
 * @throws {EncodingError} `base64.bad-length`, `base64.bad-padding`, `base64.bad-digit`, `base64.bad-end`
 */
export function decodeBase64(text: string, options: Base64Options = {}): Uint8Array {
  const digits = countDigits(text, options.padding ?? 'optional')
  const table = values[options.alphabet ?? 'standard']
  const bytes = new Uint8Array(Math.floor((digits * 3) / 4))
  const wholeDigits = digits - (digits % 4)
  let out = 0
  for (let at = 0; at < wholeDigits; at += 4) {
    const group = readGroup(text, at, at + 4, table)
    bytes[out++] = group >> 16
    bytes[out++] = group >> 8
    bytes[out++] = group
  }
  if (wholeDigits < digits) writeLastGroup(readGroup(text, wholeDigits, digits, table), digits % 4, bytes, out)
  return bytes
}

function encode(bytes: Uint8Array, table: Uint8Array, padded: boolean): string {
  const digits = Math.ceil((bytes.length * 4) / 3)
  const text = new Uint8Array(padded ? Math.ceil(bytes.length / 3) * 4 : digits).fill(equalsSign, digits)
  let out = 0
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text[out++] = table[group >> 18] ?? 0
    text[out++] = table[(group >> 12) & 63] ?? 0
    if (out < digits) text[out++] = table[(group >> 6) & 63] ?? 0
    if (out < digits) text[out++] = table[group & 63] ?? 0
  }
  return utf8Decode(text)
}

/** The number of characters before the padding, once the padding is found to be as asked. */
function countDigits(text: string, padding: 'required' | 'optional' | 'none'): number {
  let digits = text.length
  while (digits > 0 && text.length - digits < 3 && text.charCodeAt(digits - 1) === equalsSign) digits--
  if (digits % 4 === 1) throw new EncodingError('base64.bad-length', { length: text.length })
  const given = text.length - digits
  const full = (4 - (digits % 4)) % 4
  const accepted = (given === 0 && padding !== 'required') || (given === full && padding !== 'none')
  // With a whole number of groups nothing is due, and "full" and "none" are the same.
  if (!accepted && !(given === 0 && full === 0)) throw new EncodingError('base64.bad-padding', { given, full })
  return digits
}

/** The bits of two to four digits, at the upper end of 24. */
function readGroup(text: string, start: number, end: number, table: Int8Array): number {
  let group = 0
  for (let at = start; at < end; at++) {
    const value = table[text.charCodeAt(at)] ?? -1
    if (value < 0) throw new EncodingError('base64.bad-digit', { at })
    group |= value << (18 - 6 * (at - start))
  }
  return group
}

/** Two digits hold one byte and four unused bits, three digits two bytes and two unused bits. */
function writeLastGroup(group: number, digits: number, bytes: Uint8Array, at: number): void {
  const unusedBits = digits === 2 ? group & 0xffff : group & 0xff
  if (unusedBits !== 0) throw new EncodingError('base64.bad-end')
  bytes[at] = group >> 16
  if (digits === 3) bytes[at + 1] = group >> 8
}
