import { seededRandom } from '@sotto/testing'
import { assert, array, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Dice } from '../src/dice.ts'

test('a shuffle keeps everything, a pick is one of them', () => {
  assert(
    property(array(integer()), integer(), (items, seed) => {
      const dice = new Dice(seededRandom(seed))
      expect(dice.shuffled(items).toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b))
      const picked = dice.pick(items)
      if (items.length > 0) expect(items).toContain(picked)
      else expect(picked).toBeUndefined()
    }),
  )
})

test('draws spread evenly from end to end', () => {
  const dice = new Dice(seededRandom(1))
  const draws = Array.from({ length: 4000 }, () => dice.fraction())
  expect(Math.min(...draws)).toBeLessThan(0.01)
  expect(Math.max(...draws)).toBeGreaterThan(0.99)
  expect(Math.max(...draws)).toBeLessThan(1)
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.03)
  const counts = Map.groupBy(
    Array.from({ length: 4000 }, () => dice.pick(['a', 'b', 'c', 'd'])),
    letter => letter,
  )
  for (const each of counts.values()) expect(Math.abs(each.length - 1000)).toBeLessThan(150)
  expect(dice.about(100)).toBeGreaterThanOrEqual(70)
  expect(dice.about(100)).toBeLessThan(130)
})

test('the largest bytes are still below one', () => {
  expect(new Dice(size => new Uint8Array(size).fill(255)).fraction()).toBeLessThan(1)
  expect(new Dice(size => new Uint8Array(size)).fraction()).toBe(0)
})
