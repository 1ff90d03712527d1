import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { productionNetworkLimits } from '../../src/limits.ts'
import { WatchPacing } from '../../src/watch/watch-pacing.ts'

const { watch: limits } = productionNetworkLimits
const pacing = new WatchPacing(new Dice(seededRandom(1)), limits, false)
const held = { hasNews: false, nextMs: 0, tookMs: 10_000, holdMs: 10_000 }

/** The least and the most of many draws. */
function range(draw: () => number): readonly [number, number] {
  const draws = Array.from({ length: 2000 }, draw)
  return [Math.min(...draws), Math.max(...draws)]
}

test('holds fall off from 6 to 25 s', () => {
  const holds = Array.from({ length: 4000 }, () => pacing.holdMs())
  expect(Math.min(...holds)).toBeGreaterThanOrEqual(6000)
  expect(Math.max(...holds)).toBeLessThanOrEqual(25_000)
  const mean = holds.reduce((sum, hold) => sum + hold, 0) / holds.length
  expect(Math.abs(mean - (6000 + 19_000 / 3))).toBeLessThan(400)
})

test('asks again after 0 to 100 ms without news, 20 to 300 ms with, and as late as the member wishes', () => {
  const [empty, emptyMost] = range(() => pacing.rearmMs(held))
  expect(empty).toBeGreaterThanOrEqual(0)
  expect(emptyMost).toBeLessThanOrEqual(100)
  const [news, newsMost] = range(() => pacing.rearmMs({ ...held, hasNews: true, tookMs: 5 }))
  expect(news).toBeGreaterThanOrEqual(20)
  expect(newsMost).toBeLessThanOrEqual(300)
  expect(pacing.rearmMs({ ...held, nextMs: 4000 })).toBe(4000)
  expect(pacing.rearmMs({ ...held, nextMs: 10 ** 9 })).toBe(30_000)
  expect(pacing.rearmMs({ ...held, tookMs: 5 })).toBe(1000)
  expect(pacing.rearmMs({ ...held, holdMs: 0, tookMs: 5 })).toBe(0)
})

test('the delayed mode takes up to 5 s', () => {
  const delayed = new WatchPacing(new Dice(seededRandom(1)), limits, true)
  const [, most] = range(() => delayed.rearmMs({ ...held, hasNews: true }))
  expect(most).toBeGreaterThan(4500)
  expect(most).toBeLessThanOrEqual(5000)
})

test('pauses: hardly any, then 1, 2, 4 … 30 s, give or take 30 %; none is short for who refused', () => {
  expect(range(() => pacing.backoffMs(1, false))[1]).toBeLessThanOrEqual(100)
  for (const [failures, base] of [
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [6, 16_000],
    [7, 30_000],
    [1000, 30_000],
  ] as const) {
    const [least, most] = range(() => pacing.backoffMs(failures, false))
    expect(least).toBeGreaterThanOrEqual(0.7 * base)
    expect(most).toBeLessThanOrEqual(1.3 * base)
  }
  expect(range(() => pacing.backoffMs(1, true))[0]).toBeGreaterThanOrEqual(700)
})
