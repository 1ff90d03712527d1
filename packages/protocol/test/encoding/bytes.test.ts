import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes, concatBytes, trimTail } from '../../src/encoding/index.ts'

test('joins any number of parts into fresh bytes', () => {
  const part = Uint8Array.of(1, 2)
  const joined = concatBytes(part, new Uint8Array(), Uint8Array.of(3))
  expect(joined).toEqual(Uint8Array.of(1, 2, 3))
  joined[0] = 9
  expect(part[0]).toBe(1)
  expect(concatBytes()).toEqual(new Uint8Array())
})

test('joins views by what they show, not by the buffer behind them', () => {
  const whole = Uint8Array.of(1, 2, 3, 4)
  expect(concatBytes(whole.subarray(1, 2), whole.subarray(3))).toEqual(Uint8Array.of(2, 4))
})

test('orders bytes unsigned, a prefix first', () => {
  const sorted = [[], [0], [0, 1], [1], [0x7f], [0x80], [0xff], [0xff, 0]].map(bytes => Uint8Array.from(bytes))
  expect(sorted.toReversed().toSorted(compareBytes)).toEqual(sorted)
})

test('the order is total, and zero means equal', () => {
  const bytes = fc.uint8Array({ maxLength: 8, max: 3 })
  fc.assert(
    fc.property(bytes, bytes, bytes, (a, b, c) => {
      expect(Math.sign(compareBytes(a, b)) + Math.sign(compareBytes(b, a))).toBe(0)
      expect(compareBytes(a, b) === 0).toBe(a.join() === b.join())
      const [low = a, middle = a, high = a] = [a, b, c].toSorted(compareBytes)
      expect(compareBytes(low, middle)).toBeLessThanOrEqual(0)
      expect(compareBytes(middle, high)).toBeLessThanOrEqual(0)
      expect(compareBytes(low, high)).toBeLessThanOrEqual(0)
    }),
  )
})

test('takes a run of one value off the end, and nothing else', () => {
  const bytes = Uint8Array.of(0, 7, 0, 32, 0, 0)
  expect(trimTail(bytes)).toEqual(Uint8Array.of(0, 7, 0, 32))
  expect(trimTail(trimTail(bytes), 32)).toEqual(Uint8Array.of(0, 7, 0))
  expect(trimTail(bytes, 32)).toEqual(bytes)
  expect(trimTail(new Uint8Array(5))).toEqual(new Uint8Array())
})
