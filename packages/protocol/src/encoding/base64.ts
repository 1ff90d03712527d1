import { codeTable, digitBytes, digitTable } from './ascii-digits.ts'
import { EncodingError } from './encoding-error.ts'
import { utf8Decode } from './utf8.ts'

const STANDARD_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const pairs = { standard: pairTable(STANDARD_ALPHABET), url: pairTable(URL_ALPHABET) }
const values = { standard: digitTable(STANDARD_ALPHABET), url: digitTable(URL_ALPHABET) }
const EQUALS_SIGN = 0x3d

/** What `decodeBase64` takes. Spec 20 §3.2, spec 40 §3. */
export interface Base64Options {
  /** `standard` (the default) has `+` and `/`, `url` has `-` and `_`. They are never mixed. */
  readonly alphabet?: 'standard' | 'url'
  /**
   * Whether equals signs fill the last group up to four characters. `optional` (the default) is what nodes and
   * community servers take: 64 bytes are 86 or 88 characters. All or none: `=` where `==` is due is refused.
   */
  readonly padding?: 'required' | 'optional' | 'none'
}

/** Standard alphabet with padding: the spelling of message data and signatures. Spec 10 §3.2. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, pairs.standard, true)
}

/** Standard alphabet without padding: the spelling of message hashes (spec 20 §3.4). */
export function encodeBase64Unpadded(bytes: Uint8Array): string {
  return encode(bytes, pairs.standard, false)
}

/** URL alphabet without padding: the spelling of file ids (spec 40 §8) and web push keys. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, pairs.url, false)
}

/**
 * White space is not skipped, and the unused bits of the last digit must be zero, so that with a fixed padding
 * there is one text for each sequence of bytes. Spec 20 §3.2, spec 40 §3.
 * @throws {EncodingError} `base64.bad-length`, `base64.bad-padding`, `base64.bad-digit`, `base64.bad-end`
 */
export function decodeBase64(text: string, options: Base64Options = {}): Uint8Array {
  const ascii = digitBytes(text)
  const digits = countDigits(ascii, options.padding ?? 'optional')
  const table = values[options.alphabet ?? 'standard']
  const bytes = new Uint8Array(Math.floor((digits * 3) / 4))
  let out = 0
  for (let at = 0; at < digits; at += 4) {
    const group = readGroup(ascii, at, digits, table)
    bytes[out++] = group >> 16
    if (out < bytes.length) bytes[out++] = group >> 8
    if (out < bytes.length) bytes[out++] = group
  }
  if (digits % 4 !== 0) checkUnusedBits(readGroup(ascii, digits - (digits % 4), digits, table), digits % 4)
  return bytes
}

/**
 * For each value of twelve bits its two digits, to be written as one number: twice as fast as one by one. Whichever byte of a
 * number this machine puts first, it does the same here and when they are written.
 */
function pairTable(alphabet: string): Uint16Array {
  const codes = codeTable(alphabet)
  const digits = Uint8Array.from({ length: 8192 }, (_, at) => codes[at % 2 === 0 ? at >> 7 : (at >> 1) & 63] ?? 0)
  return new Uint16Array(digits.buffer)
}

function encode(bytes: Uint8Array, table: Uint16Array, padded: boolean): string {
  const digits = Math.ceil((bytes.length * 4) / 3)
  const groups = Math.ceil(bytes.length / 3)
  const text = new Uint16Array(2 * groups)
  const whole = Math.floor(bytes.length / 3) * 3
  let out = 0
  for (let at = 0; at < whole; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text[out] = table[group >> 12] ?? 0
    text[out + 1] = table[group & 4095] ?? 0
    out += 2
  }
  if (whole < bytes.length) {
    const group = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8)
    text[out] = table[group >> 12] ?? 0
    text[out + 1] = table[group & 4095] ?? 0
  }
  const ascii = new Uint8Array(text.buffer).fill(EQUALS_SIGN, digits)
  return utf8Decode(padded ? ascii : ascii.subarray(0, digits))
}

/** The number of characters before the padding, once the padding is found to be as asked. */
function countDigits(ascii: Uint8Array, padding: 'required' | 'optional' | 'none'): number {
  let digits = ascii.length
  while (digits > 0 && ascii.length - digits < 3 && ascii[digits - 1] === EQUALS_SIGN) digits--
  if (digits % 4 === 1) throw new EncodingError('base64.bad-length', { length: ascii.length })
  const given = ascii.length - digits
  const due = (4 - (digits % 4)) % 4
  const missing = given === 0 && due > 0
  if (missing ? padding === 'required' : given !== due || (due > 0 && padding === 'none')) {
    throw new EncodingError('base64.bad-padding', { given, due })
  }
  return digits
}

/** The bits of up to four digits, at the upper end of 24. */
function readGroup(ascii: Uint8Array, at: number, end: number, table: Int8Array): number {
  if (at + 4 > end) return readShortGroup(ascii, at, end, table)
  // A bad digit is -1 and keeps its sign bit through shifts and ors.
  const group =
    (digitAt(ascii, at, table) << 18) |
    (digitAt(ascii, at + 1, table) << 12) |
    (digitAt(ascii, at + 2, table) << 6) |
    digitAt(ascii, at + 3, table)
  return group < 0 ? readShortGroup(ascii, at, end, table) : group
}

/** The same digit by digit: for the last group, and to find where a bad digit stands. */
function readShortGroup(ascii: Uint8Array, start: number, end: number, table: Int8Array): number {
  let group = 0
  for (let at = start; at < Math.min(start + 4, end); at++) {
    const value = digitAt(ascii, at, table)
    if (value < 0) throw new EncodingError('base64.bad-digit', { at })
    group |= value << (18 - 6 * (at - start))
  }
  return group
}

function digitAt(ascii: Uint8Array, at: number, table: Int8Array): number {
  return table[ascii[at] ?? EQUALS_SIGN] ?? -1
}

/** Two digits hold one byte and four unused bits, three digits two bytes and two unused bits. */
function checkUnusedBits(group: number, digits: number): void {
  if ((group & (digits === 2 ? 0xffff : 0xff)) !== 0) throw new EncodingError('base64.bad-end')
}
