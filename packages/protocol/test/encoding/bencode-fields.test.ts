import { expect, test } from 'vitest'
import {
  asBytes,
  asDict,
  asInteger,
  asList,
  asNumber,
  asText,
  type Bencode,
  type BencodeDict,
  expectBytes,
  expectDict,
  expectInteger,
  expectList,
  expectNumber,
  expectText,
  optionalBytes,
  optionalDict,
  optionalInteger,
  optionalList,
  optionalNumber,
  optionalText,
  utf8Encode,
} from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const values = {
  integer: 5n,
  bytes: utf8Encode('grüße'),
  list: [1n],
  dict: new Map([['a', 1n]]),
}
const dict: BencodeDict = new Map<string, Bencode>(Object.entries(values))

test('gives each kind of field, required or optional', () => {
  expect(expectBytes(dict, 'bytes', { length: 7 })).toBe(values.bytes)
  expect(optionalBytes(dict, 'bytes', { minLength: 7, maxLength: 7 })).toBe(values.bytes)
  expect(expectText(dict, 'bytes')).toBe('grüße')
  expect(optionalText(dict, 'bytes', { maxLength: 7 })).toBe('grüße')
  expect(expectInteger(dict, 'integer', { min: 5n, max: 5n })).toBe(5n)
  expect(optionalInteger(dict, 'integer')).toBe(5n)
  expect(expectNumber(dict, 'integer', { min: 5, max: 5 })).toBe(5)
  expect(optionalNumber(dict, 'integer')).toBe(5)
  expect(expectList(dict, 'list')).toBe(values.list)
  expect(optionalList(dict, 'list')).toBe(values.list)
  expect(expectDict(dict, 'dict')).toBe(values.dict)
  expect(optionalDict(dict, 'dict')).toBe(values.dict)
})

test.for([expectBytes, expectText, expectInteger, expectNumber, expectList, expectDict])('%o wants its field', read => {
  expect(codeOf(() => read(dict, 'toString'))).toBe('bencode.missing-field')
})

test.for([optionalBytes, optionalText, optionalInteger, optionalNumber, optionalList, optionalDict])(
  '%o lets its field be missing',
  read => expect(read(dict, 'toString')).toBeUndefined(),
)

test('every reader takes its kind and no other', () => {
  const kinds: readonly [read: (value: Bencode) => unknown, takes: string][] = [
    [asBytes, 'bytes'],
    [asText, 'bytes'],
    [asInteger, 'integer'],
    [asNumber, 'integer'],
    [asList, 'list'],
    [asDict, 'dict'],
  ]
  for (const [read, takes] of kinds) {
    for (const [kind, value] of dict)
      expect(codeOf(() => read(value))).toBe(kind === takes ? undefined : 'bencode.wrong-type')
  }
})

test('an optional field of the wrong kind is an error, not a missing one', () => {
  expect(codeOf(() => optionalBytes(dict, 'integer'))).toBe('bencode.wrong-type')
})

test.for([{ length: 6 }, { length: 8 }, { minLength: 8 }, { maxLength: 6 }])('refuses 7 bytes for %o', limits => {
  expect(codeOf(() => asBytes(values.bytes, limits))).toBe('bencode.wrong-length')
  expect(codeOf(() => asText(values.bytes, limits))).toBe('bencode.wrong-length')
})

test.for([{ min: 6 }, { max: 4 }])('refuses 5 for %o', ({ min, max }) => {
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  expect(codeOf(() => asNumber(5n, limits))).toBe('bencode.out-of-range')
  expect(codeOf(() => asInteger(5n, min === undefined ? { max: 4n } : { min: 6n }))).toBe('bencode.out-of-range')
})

test('a number is refused past 2^53, an integer is not', () => {
  expect(asNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER)
  expect(codeOf(() => asNumber(2n ** 53n))).toBe('bencode.out-of-range')
  expect(codeOf(() => asNumber(-(2n ** 53n)))).toBe('bencode.out-of-range')
  expect(asInteger(2n ** 64n - 1n)).toBe(2n ** 64n - 1n)
})

test('a text is UTF-8', () => {
  expect(codeOf(() => asText(Uint8Array.of(0xff)))).toBe('bencode.bad-text')
})
