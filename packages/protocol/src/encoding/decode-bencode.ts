import { type Bencode } from './bencode.ts'
import { BencodeError } from './bencode-error.ts'
import { type BencodeOptions, BencodeReader } from './bencode-reader.ts'

/**
 * Decodes exactly one value. Strict readers (the defaults) refuse keys out of order or twice, and bytes after the value.
 * Leading zeros of integers and lengths, and -0, are taken by all readers, as upstream takes them; so decoding and
 * encoding again need not give the same bytes, and hashes and signatures go over the bytes that came. Spec 30 §1.
 * @throws {BencodeError} `bencode.trailing-bytes`, and those of `decodeBencodePrefix`
 */
export function decodeBencode(input: Uint8Array, options: BencodeOptions = {}): Bencode {
  const { value, end } = decodeBencodePrefix(input, options)
  if (end !== input.length) throw new BencodeError('bencode.trailing-bytes', { at: end })
  return value
}

/**
 * Decodes the value at the beginning and says where it ended: for a value that zeros, or anything else, may follow.
 * `maxBytes` is about the whole input. Spec 30 §1.
 * @throws {BencodeError} `bencode.too-long`, `bencode.too-deep`, `bencode.too-many-values`, `bencode.truncated`,
 * `bencode.bad-type`, `bencode.bad-integer`, `bencode.integer-too-large`, `bencode.bad-length`, `bencode.bad-key`,
 * `bencode.unordered-keys`, `bencode.duplicate-key`
 */
export function decodeBencodePrefix(input: Uint8Array, options: BencodeOptions = {}): { value: Bencode; end: number } {
  const reader = new BencodeReader(input, options)
  const value = reader.readValue(0)
  return { value, end: reader.at }
}

/**
 * An entry of a dictionary and the bytes that it stood in: key from `keyAt`, value from `valueAt` up to `end`.
 * Spec 10 §2.6, spec 30 §2.2.
 */
export interface BencodeSpan {
  readonly keyAt: number
  readonly valueAt: number
  readonly end: number
  readonly value: Bencode
}

/**
 * Decodes a dictionary, and says where in the input each entry of it stands. A signature over "the dictionary so far"
 * goes over `input.subarray(0, span.keyAt)` of its own span (spec 10 §2.6, spec 30 §2.2). Bytes may follow the dictionary.
 * @throws {BencodeError} `bencode.not-a-dict`, and those of `decodeBencodePrefix`
 */
export function readBencodeDictSpans(
  input: Uint8Array,
  options: BencodeOptions = {},
): ReadonlyMap<string, BencodeSpan> {
  const reader = new BencodeReader(input, options)
  const spans = new Map<string, BencodeSpan>()
  reader.readEntries(1, (key, keyAt, value, valueAt) => {
    if (spans.has(key)) throw new BencodeError('bencode.duplicate-key', { at: keyAt })
    spans.set(key, { keyAt, valueAt, end: reader.at, value })
  })
  return spans
}
