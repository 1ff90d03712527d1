import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  asBytes,
  asList,
  type Bencode,
  type BencodeOptions,
  concatBytes,
  decodeBencode,
  decodeBencodePrefix,
  decodeHex,
  encodeBencode,
  latin1Encode,
  utf8Decode,
} from '../../src/encoding/index.ts'
import { arbitraryBencode } from './arbitrary-bencode.ts'
import { codeOf, unlessRefused } from '../coded.ts'

function decode(text: string, options?: BencodeOptions): Bencode {
  return decodeBencode(latin1Encode(text), options)
}

// The cases whose bytes are one value, and those where a value follows the version byte 01. The 51-byte record among them
// is no bencoding at all.
const cases = network.bencoded.filter(({ what }) => !what.includes('51-byte record'))
test.for(cases)('known answer: $what', ({ hex, text }) => {
  const bytes = hex === undefined ? latin1Encode(text ?? '') : decodeHex(hex)
  const encoded = bytes[0] === 1 ? bytes.subarray(1) : bytes
  const value = decodeBencode(encoded)
  expect(encodeBencode(value)).toEqual(encoded)
  const inner = value instanceof Uint8Array ? value : encoded
  expect(encodeBencode(decodeBencode(inner))).toEqual(inner)
})

test.for(network.v4_bodies)('known answer: $what', ({ text }) => {
  const [head, ...bodies] = asList(decode(text))
  expect(JSON.parse(utf8Decode(asBytes(head ?? 0n)))).toBeTypeOf('object')
  expect(bodies.length).toBeLessThanOrEqual(1)
  expect(encodeBencode(decode(text))).toEqual(latin1Encode(text))
})

test('decoding undoes encoding', () => {
  fc.assert(
    fc.property(arbitraryBencode, value => {
      expect(decodeBencode(encodeBencode(value))).toEqual(value)
    }),
  )
})

test('every prefix is refused as cut short', () => {
  fc.assert(
    fc.property(arbitraryBencode, value => {
      const encoded = encodeBencode(value)
      for (let length = 0; length < encoded.length; length++) {
        expect(codeOf(() => decodeBencode(encoded.subarray(0, length)))).toBe('bencode.truncated')
      }
    }),
  )
})

test('anything that follows is refused, and a prefix reader says where it begins', () => {
  fc.assert(
    fc.property(arbitraryBencode, fc.uint8Array({ minLength: 1 }), (value, more) => {
      const encoded = encodeBencode(value)
      const longer = concatBytes(encoded, more)
      expect(codeOf(() => decodeBencode(longer))).toBe('bencode.trailing-bytes')
      expect(decodeBencodePrefix(longer)).toEqual({ value, end: encoded.length })
    }),
  )
})

test('random bytes and near misses give a value or a coded error', () => {
  const piece = fc.constantFrom('d', 'l', 'i', 'e', 'i0e', '-', '0', '1', '3', ':', '1:a', '1:b', 'x')
  const text = fc.oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc.array(piece, { maxLength: 20 }).map(all => all.join('')),
  )
  fc.assert(
    fc.property(text, fc.boolean(), (input, unorderedKeys) => {
      const value = unlessRefused(() => decode(input, { unorderedKeys }))
      expect(value === undefined || decodeBencode(encodeBencode(value)) !== undefined).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

const integers: readonly [text: string, value: bigint][] = [
  ['i0e', 0n],
  ['i-0e', 0n],
  ['i007e', 7n],
  ['i-007e', -7n],
  ['i999999999999999e', 999999999999999n],
  ['i1000000000000000e', 1000000000000000n],
  ['i9007199254740993e', 2n ** 53n + 1n],
  ['i-9007199254740993e', -(2n ** 53n) - 1n],
  ['i-9223372036854775808e', -(2n ** 63n)],
  ['i18446744073709551615e', 2n ** 64n - 1n],
  [`i${'0'.repeat(100)}18446744073709551615e`, 2n ** 64n - 1n],
]
test.for(integers)('%s is %s', ([text, value]) => expect(decode(text)).toBe(value))

test('an integer is what its digits say', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 63n), 2n ** 64n - 1n), fc.nat(3), (value, zeros) => {
      const digits = '0'.repeat(zeros) + String(value < 0n ? -value : value)
      expect(decode(`i${value < 0n ? '-' : ''}${digits}e`)).toBe(value)
    }),
  )
})

const refused: readonly [text: string, code: string, options?: BencodeOptions][] = [
  ['', 'bencode.truncated'],
  ['x', 'bencode.bad-type'],
  ['e', 'bencode.bad-type'],
  ['-1:a', 'bencode.bad-type'],
  ['lxe', 'bencode.bad-type'],
  ['ie', 'bencode.bad-integer'],
  ['i-e', 'bencode.bad-integer'],
  ['i--1e', 'bencode.bad-integer'],
  ['i+1e', 'bencode.bad-integer'],
  ['i 1e', 'bencode.bad-integer'],
  ['i1.0e', 'bencode.bad-integer'],
  ['i1-e', 'bencode.bad-integer'],
  ['i', 'bencode.truncated'],
  ['i-', 'bencode.truncated'],
  ['i1', 'bencode.truncated'],
  ['i18446744073709551616e', 'bencode.integer-too-large'],
  ['i-9223372036854775809e', 'bencode.integer-too-large'],
  ['i99999999999999999999e', 'bencode.integer-too-large'],
  [`i${'9'.repeat(100_000)}e`, 'bencode.integer-too-large'],
  ['1', 'bencode.truncated'],
  ['1:', 'bencode.truncated'],
  ['2:a', 'bencode.truncated'],
  ['1x', 'bencode.bad-length'],
  ['1-:a', 'bencode.bad-length'],
  ['99999999999999999999:a', 'bencode.truncated'],
  ['9007199254740993:a', 'bencode.truncated'],
  [`${'9'.repeat(1000)}:a`, 'bencode.truncated'],
  ['l', 'bencode.truncated'],
  ['d', 'bencode.truncated'],
  ['d1:a', 'bencode.truncated'],
  ['d1:ae', 'bencode.bad-type'],
  ['di1ei2ee', 'bencode.bad-key'],
  ['dlee', 'bencode.bad-key'],
  ['d1:bi1e1:ai1ee', 'bencode.unordered-keys'],
  ['d1:\u0080i1e1:\u007fi1ee', 'bencode.unordered-keys'],
  ['d2:aai1e1:ai1ee', 'bencode.unordered-keys'],
  ['d1:ai1e0:i1ee', 'bencode.unordered-keys'],
  ['d1:ai1e1:ai1ee', 'bencode.duplicate-key'],
  ['d0:i1e0:i1ee', 'bencode.duplicate-key'],
  ['d1:bi1e1:ai1e1:bi1ee', 'bencode.duplicate-key', { unorderedKeys: true }],
  ['i0ei0e', 'bencode.trailing-bytes'],
  ['i0e\u0000', 'bencode.trailing-bytes'],
  ['5:hello', 'bencode.too-long', { maxBytes: 6 }],
]
test.for(refused)('refuses %o: %s', ([text, code, options]) => {
  expect(codeOf(() => decode(text, options))).toBe(code)
})

test('tolerates leading zeros in lengths, and empty keys', () => {
  expect(decode('0003:abc')).toEqual(latin1Encode('abc'))
  expect(decode('d0:i1e1:ai2ee')).toEqual(
    new Map([
      ['', 1n],
      ['a', 2n],
    ]),
  )
})

test('a lenient reader keeps keys in the order in which they stood', () => {
  const dict = decode('d1:bi1e1:ai2ee', { unorderedKeys: true })
  expect([...(dict as ReadonlyMap<string, Bencode>)]).toEqual([
    ['b', 1n],
    ['a', 2n],
  ])
})

test('names that mean something to objects are ordinary keys', () => {
  const dict = decode('d9:__proto__i1e11:constructori2e8:toStringi3ee') as ReadonlyMap<string, Bencode>
  expect(dict.get('__proto__')).toBe(1n)
  expect(dict.get('constructor')).toBe(2n)
  expect(dict.get('valueOf')).toBeUndefined()
  expect('polluted' in {}).toBe(false)
})

test('byte strings are views into the input', () => {
  const input = latin1Encode('l3:abce')
  const [bytes] = asList(decodeBencode(input))
  expect(asBytes(bytes ?? 0n).buffer).toBe(input.buffer)
})

function nested(depth: number): string {
  return 'l'.repeat(depth) + 'e'.repeat(depth)
}

test('nests as deep as asked and no deeper', () => {
  expect(codeOf(() => decode(nested(32)))).toBeUndefined()
  expect(codeOf(() => decode(nested(33)))).toBe('bencode.too-deep')
  expect(codeOf(() => decode(nested(3), { maxDepth: 3 }))).toBeUndefined()
  expect(codeOf(() => decode('d1:ad1:ad1:ai1eeee', { maxDepth: 2 }))).toBe('bencode.too-deep')
  expect(codeOf(() => decode('i1e', { maxDepth: 0 }))).toBeUndefined()
  expect(codeOf(() => decode('le', { maxDepth: 0 }))).toBe('bencode.too-deep')
})

test('a million open lists or dictionaries are refused, whatever depth is allowed', () => {
  expect(codeOf(() => decode('l'.repeat(1_000_000), { maxDepth: Infinity }))).toBe('bencode.too-deep')
  expect(codeOf(() => decode('d0:'.repeat(1_000_000), { maxDepth: Infinity }))).toBe('bencode.too-deep')
})

test('crowds of tiny values are refused, unless the reader allows their memory', () => {
  for (const unit of ['de', 'le', '0:', 'i0e', 'd0:0:e']) {
    const crowd = `l${unit.repeat(400_000)}e`
    expect(codeOf(() => decode(crowd))).toBe('bencode.too-many-values')
    expect(codeOf(() => decode(`l${unit.repeat(10_000)}e`))).toBeUndefined()
  }
  expect(codeOf(() => decode(`l${'i0e'.repeat(400_000)}e`, { maxMemory: 20_000_000 }))).toBeUndefined()
})

test('long keys are counted as memory too', () => {
  expect(decode(`d100000:${'k'.repeat(100_000)}i1ee`)).toEqual(new Map([['k'.repeat(100_000), 1n]]))
  expect(codeOf(() => decode(`d9000:${'k'.repeat(9000)}i1ee`, { maxMemory: 5000 }))).toBe('bencode.too-many-values')
})

test('ten megabytes are read, more are not', () => {
  const value = [new Uint8Array(9_000_000)]
  expect(decodeBencode(encodeBencode(value))).toHaveLength(1)
  expect(codeOf(() => decodeBencode(new Uint8Array(10_000_001)))).toBe('bencode.too-long')
})
