import { expect, test } from 'vitest'
import { scoreTexts } from '../../src/search/score-texts.ts'

const order = (bodies: readonly string[], ...words: readonly string[]): readonly number[] => {
  const scores = scoreTexts(bodies, words)
  return [...bodies.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
}

test('a text is better the more of it is what was looked for', () => {
  expect(order(['tea and so much else that was said', 'tea', 'Tea, tea and TEAPOT'], 'tea')).toEqual([2, 1, 0])
})

test('each of the words counts, and the tenth time of one less than the second of another', () => {
  const often = `${'green '.repeat(10)}tea`
  const both = `${'green tea '.repeat(5)}now`
  expect(order([often, both], 'green', 'tea')).toEqual([1, 0])
  expect(order([often, both], 'green')).toEqual([0, 1])
})

test('no texts, no scores; a text without words has none', () => {
  expect(scoreTexts([], ['tea'])).toEqual([])
  expect(scoreTexts(['…'], ['tea'])).toEqual([0])
})
