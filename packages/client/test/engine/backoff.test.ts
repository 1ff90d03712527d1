import { seededRandom } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from '../../src/engine/backoff.ts'

const range = { firstMs: 1000, lastMs: 600_000 }

test('pauses double from the first to the longest, and are half to all of that', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer(), (attempts, seed) => {
      const full = Math.min(600_000, 1000 * 2 ** (attempts - 1))
      const pause = backoffMs(attempts, range, seededRandom(seed))
      expect(pause).toBeGreaterThanOrEqual(full / 2)
      expect(pause).toBeLessThanOrEqual(full)
    }),
  )
})

test('the whole range is used', () => {
  expect(backoffMs(1, range, () => Uint8Array.of(0, 0))).toBe(500)
  expect(backoffMs(1, range, () => Uint8Array.of(255, 255))).toBe(1000)
})
