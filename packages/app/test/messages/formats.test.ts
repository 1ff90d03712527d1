import { expect, test } from 'vitest'
import { createFormats } from '../../src/messages/formats.ts'

const now = new Date(2026, 2, 11, 9, 30).getTime()
const formats = createFormats('en', () => now)
const day = 86_400_000

test.for([
  [0, 'Today'],
  [-0.5 * day, 'Yesterday'],
  [-2 * day, 'Monday'],
  [-6 * day, 'Thursday'],
  [-7 * day, 'March 4, 2026'],
  [day, 'March 12, 2026'],
] as const)('says the day %d ms from now: %s', ([from, words]) => {
  expect(formats.day(now + from)).toBe(words)
})

test.for([
  [-5, 'in 0 seconds'],
  [1, 'in 1 second'],
  [119, 'in 119 seconds'],
  [120, 'in 2 minutes'],
  [7300, 'in 2 hours'],
] as const)('says how long %d s are', ([seconds, words]) => {
  expect(formats.until(now + seconds * 1000, now)).toBe(words)
})

test.for([
  [300, '5 minutes'],
  [43_200, '12 hours'],
  [86_400, '1 day'],
  [1_209_600, '2 weeks'],
  [90, '90 seconds'],
] as const)('says a duration of %d s', ([seconds, words]) => {
  expect(formats.duration(seconds)).toBe(words)
})

test.for([
  ['en', 'Ada, Bob'],
  ['ar', 'Ada وBob'],
  ['ja', 'Ada、Bob'],
] as const)('lists names that others follow, in %s', ([language, words]) => {
  expect(createFormats(language, () => now).list(['Ada', 'Bob'])).toBe(words)
})
