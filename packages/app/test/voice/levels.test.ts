import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsOf, barsPath, levelOf, newestBars } from '../../src/voice/levels.ts'

const level = fc.double({ min: 0, max: 1, noNaN: true })
const filled = (value: number) => new Float32Array(100).fill(value)

test('silence is nothing, and louder is more', () => {
  const heard = [0, 0.001, 0.01, 0.1, 0.25, 1].map(value => levelOf(filled(value)))
  expect(heard[0]).toBe(0)
  expect(heard.at(-1)).toBe(1)
  expect(heard).toEqual(heard.toSorted((a, b) => a - b))
  expect(levelOf(new Float32Array(0))).toBe(0)
})

test('a recording in bars shows its loudest places', () => {
  expect(barsOf([0, 0.5, 0.1, 0.9], 2)).toEqual([0.5, 0.9])
  expect(barsOf([0.3], 3)).toEqual([0.3, 0.3, 0.3])
  expect(barsOf([], 2)).toEqual([0, 0])
})

test('there are as many bars as asked for, as high as the loudest', () => {
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 10, maxLength: 500 }),
      fc.integer({ min: 1, max: 10 }),
      (levels, count) => {
        const bars = barsOf(levels, count)
        expect(bars).toHaveLength(count)
        expect(Math.max(...bars)).toBe(Math.max(...levels))
      },
    ),
  )
})

test('while one speaks, the newest stands last', () => {
  expect(newestBars([0.1, 0.2], 4)).toEqual([0, 0, 0.1, 0.2])
  expect(newestBars([0.1, 0.2, 0.3], 2)).toEqual([0.2, 0.3])
})

test('a bar is a stroke around the middle', () => {
  expect(barsPath([0, 1])).toBe('M0.5 0.96V1.04M1.5 0.1V1.9')
  expect(barsPath([undefined, 1])).toBe('M1.5 0.1V1.9')
})
