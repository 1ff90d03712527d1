import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type BencodeOptions,
  type BencodeSpan,
  concatBytes,
  decodeBencode,
  encodeBencode,
  latin1Decode,
  latin1Encode,
  readBencodeDictSpans,
} from '../../src/encoding/index.ts'
import { arbitraryDict } from './arbitrary-bencode.ts'
import { codeOf } from '../coded.ts'

function spansOf(text: string, options?: BencodeOptions): ReadonlyMap<string, BencodeSpan> {
  return readBencodeDictSpans(latin1Encode(text), options)
}

test('says where each entry stands', () => {
  expect(spansOf('d1:#i5e1:&d1:n3:bobee')).toEqual(
    new Map([
      ['#', { keyAt: 1, valueAt: 4, end: 7, value: 5n }],
      ['&', { keyAt: 7, valueAt: 10, end: 20, value: new Map([['n', latin1Encode('bob')]]) }],
    ]),
  )
})

test('what is signed ends where the key of the signature begins', () => {
  const input = latin1Encode('d1:#i5e1:~3:sige')
  const end = readBencodeDictSpans(input).get('~')?.keyAt
  expect(latin1Decode(input.subarray(0, end))).toBe('d1:#i5e')
})

test('the spans cover the dictionary, and each one encodes its value', () => {
  fc.assert(
    fc.property(arbitraryDict, fc.uint8Array(), (dict, more) => {
      const encoded = encodeBencode(dict)
      const input = concatBytes(encoded, more)
      let at = 1
      for (const [key, span] of readBencodeDictSpans(input)) {
        expect(span.keyAt).toBe(at)
        expect(latin1Decode(input.subarray(span.keyAt, span.valueAt))).toBe(`${key.length}:${key}`)
        expect(decodeBencode(input.subarray(span.valueAt, span.end))).toEqual(span.value)
        expect(span.value).toEqual(dict.get(key))
        at = span.end
      }
      expect(at).toBe(encoded.length - 1)
    }),
  )
})

test.for<[text: string, code: string | undefined, options?: BencodeOptions]>([
  ['le', 'bencode.not-a-dict'],
  ['i1e', 'bencode.not-a-dict'],
  ['', 'bencode.truncated'],
  ['d1:ai1e', 'bencode.truncated'],
  ['d1:bi1e1:ai1ee', 'bencode.unordered-keys'],
  ['d1:ai1e1:ai1ee', 'bencode.duplicate-key'],
  ['d1:bi1e1:ai1e1:bi1ee', 'bencode.duplicate-key', { unorderedKeys: true }],
  ['d1:bi1e1:ai1ee', undefined, { unorderedKeys: true }],
  ['d1:alleee', 'bencode.too-deep', { maxDepth: 2 }],
  ['de', undefined, { maxDepth: 1 }],
  ['de', 'bencode.too-deep', { maxDepth: 0 }],
  ['de', 'bencode.too-long', { maxBytes: 1 }],
])('%o: %s', ([text, code, options]) => {
  expect(codeOf(() => spansOf(text, options))).toBe(code)
})
