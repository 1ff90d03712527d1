import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  decodeHex,
  encodeUint32BigEndian,
  encodeUint32LittleEndian,
  encodeUint64BigEndian,
  encodeUint64LittleEndian,
  readUint32BigEndian,
  readUint32LittleEndian,
  readUint64BigEndian,
  readUint64LittleEndian,
  toSafeNumber,
} from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const bytes = Uint8Array.of(0xff, 1, 2, 3, 4, 5, 6, 7, 0x88)

test('reads in both byte orders, from any position, also in a view', () => {
  expect(readUint32LittleEndian(bytes, 1)).toBe(0x04030201)
  expect(readUint32BigEndian(bytes, 1)).toBe(0x01020304)
  expect(readUint64LittleEndian(bytes, 1)).toBe(0x8807060504030201n)
  expect(readUint64BigEndian(bytes, 1)).toBe(0x0102030405060788n)
  expect(readUint32BigEndian(bytes.subarray(2))).toBe(0x02030405)
})

test('reading undoes writing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.bigInt(0n, 2n ** 64n - 1n), (small, large) => {
      expect(readUint32LittleEndian(encodeUint32LittleEndian(small))).toBe(small)
      expect(readUint32BigEndian(encodeUint32BigEndian(small))).toBe(small)
      expect(readUint64LittleEndian(encodeUint64LittleEndian(large))).toBe(large)
      expect(readUint64BigEndian(encodeUint64BigEndian(large))).toBe(large)
      expect(encodeUint64BigEndian(large)).toEqual(encodeUint64LittleEndian(large).toReversed())
    }),
  )
})

test.for([6, 9, 10, -1, 0.5, NaN, Infinity, 2 ** 53])('does not read past an end: from %s', at => {
  expect(codeOf(() => readUint32LittleEndian(bytes, at))).toBe('encoding.out-of-bounds')
  expect(codeOf(() => readUint32BigEndian(bytes, at))).toBe('encoding.out-of-bounds')
  expect(codeOf(() => readUint64LittleEndian(bytes, at))).toBe('encoding.out-of-bounds')
  expect(codeOf(() => readUint64BigEndian(bytes, at))).toBe('encoding.out-of-bounds')
})

test('does not read past the end of a view into a larger buffer', () => {
  expect(codeOf(() => readUint32LittleEndian(bytes.subarray(0, 3)))).toBe('encoding.out-of-bounds')
})

test.for([-1, 2 ** 32, 0.5, NaN, Infinity])('writes no 32-bit %s', value => {
  expect(codeOf(() => encodeUint32LittleEndian(value))).toBe('encoding.out-of-range')
  expect(codeOf(() => encodeUint32BigEndian(value))).toBe('encoding.out-of-range')
})

test.for([-1n, 2n ** 64n])('writes no 64-bit %s', value => {
  expect(codeOf(() => encodeUint64LittleEndian(value))).toBe('encoding.out-of-range')
  expect(codeOf(() => encodeUint64BigEndian(value))).toBe('encoding.out-of-range')
})

test('a number is safe as long as it is exact', () => {
  expect(toSafeNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER)
  expect(toSafeNumber(1n - 2n ** 53n)).toBe(Number.MIN_SAFE_INTEGER)
  for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 53n + 1n, 2n ** 2000n]) {
    expect(codeOf(() => toSafeNumber(value))).toBe('encoding.out-of-range')
  }
})

test('known answer: the big-endian numbers of an active_nodes_bin record', () => {
  const record = network.bencoded.find(({ fields }) => fields !== undefined)
  const bytes = decodeHex(record?.hex ?? '')
  expect(bytes).toHaveLength(51)
  expect(readUint64BigEndian(bytes, 32)).toBe(BigInt(record?.fields?.swarm_id ?? ''))
  const ports = readUint32BigEndian(bytes, 44)
  expect(ports >>> 16).toBe(record?.fields?.https_port)
  expect(ports & 0xffff).toBe(record?.fields?.omq_port)
})
