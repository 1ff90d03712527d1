import { seededRandom } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FingerprintSet } from '../../src/onion/fingerprint-set.ts'

const word = fc.integer({ min: 0, max: 0xffffffff })

test('knows what was added and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word), { maxLength: 3000 }),
      fc.array(fc.tuple(word, word)),
      (added, others) => {
        const set = new FingerprintSet(10_000)
        for (const [high, low] of added) set.add(high, low)
        // A lower half of zero counts as one.
        const known = new Set(added.map(([high, low]) => `${high} ${low || 1}`))
        expect(set.size).toBe(known.size)
        for (const [high, low] of [...added, ...others])
          expect(set.has(high, low)).toBe(known.has(`${high} ${low || 1}`))
      },
    ),
    { numRuns: 30 },
  )
})

test('takes no more than it may', () => {
  const set = new FingerprintSet(100)
  for (let at = 0; at < 200; at++) set.add(at, 7)
  expect(set).toMatchObject({ size: 100, isFull: true })
  expect(set.has(99, 7)).toBe(true)
  expect(set.has(100, 7)).toBe(false)
})

test('grows to many', () => {
  const random = seededRandom(1)
  const words = Array.from({ length: 20_000 }, () => new DataView(random(8).buffer))
  const set = new FingerprintSet(1_000_000)
  for (const each of words) set.add(each.getUint32(0), each.getUint32(4))
  expect(set.size).toBe(20_000)
  expect(words.every(each => set.has(each.getUint32(0), each.getUint32(4)))).toBe(true)
})
