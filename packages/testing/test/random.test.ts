import { encodeHex } from '@sotto/protocol/encoding'
import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { replayRandom } from '../src/replay-random.ts'
import { randomBelow, seededRandom } from '../src/seeded-random.ts'

test('SplitMix64 from seed 1234567, lowest byte first', () => {
  const expected = [6457827717110365317n, 3203168211198807973n, 9817491932198370423n, 4593380528125082431n]
  const view = new DataView(seededRandom(1234567)(32).buffer)
  expect(expected.map((_, index) => view.getBigUint64(8 * index, true))).toEqual(expected)
})

test('one stream, however it is drawn', () => {
  const [one, other] = [seededRandom(5), seededRandom(5)]
  expect([...one(1), ...one(12), ...one(0), ...one(3)]).toEqual([...other(16)])
  expect(encodeHex(seededRandom(6)(16))).not.toBe(encodeHex(seededRandom(5)(16)))
})

test('a drawn number is below its bound, and every one comes up', () => {
  const random = seededRandom(1)
  const seen = new Set(Array.from({ length: 200 }, () => randomBelow(random, 7)))
  expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  assert(
    property(integer(), integer({ min: 1, max: 2 ** 31 - 1 }), (seed, bound) => {
      expect(randomBelow(seededRandom(seed), bound)).toBeLessThan(bound)
    }),
  )
})

test('a replay gives the listed draws as copies', () => {
  const block = Uint8Array.of(1, 2)
  const { random, assertExhausted } = replayRandom([block, Uint8Array.of(3)])
  random(2).fill(9)
  expect(block).toEqual(Uint8Array.of(1, 2))
  expect(() => assertExhausted()).toThrow('1 of 2')
  expect(random(1)).toEqual(Uint8Array.of(3))
  assertExhausted()
  expect(() => random(1)).toThrow('only 2 were listed')
})

test('a replay refuses a draw of another size', () => {
  const { random } = replayRandom([new Uint8Array(32)])
  expect(() => random(24)).toThrow('32 were listed')
})
