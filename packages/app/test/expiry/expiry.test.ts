import { expect, test } from 'vitest'
import { durationText } from '../../src/expiry/duration.ts'
import { expiryModes, expiryTimes, isSameExpiry, proposedTime } from '../../src/expiry/expiry-choices.ts'

const off = { mode: 'off', timerSeconds: 0 } as const
const hour = 3600
const day = 24 * hour

test.for([
  [300, '5 minutes'],
  [hour, '1 hour'],
  [12 * hour, '12 hours'],
  [day, '1 day'],
  [7 * day, '1 week'],
  [14 * day, '2 weeks'],
  [90, '90 seconds'],
  [10, '10 seconds'],
] as const)('%d seconds are %s', ([seconds, words]) => {
  expect(durationText(seconds, 'en')).toBe(words)
})

test('other languages have their own words', () => {
  expect(durationText(12 * hour, 'de')).toBe('12 Stunden')
  expect(durationText(14 * day, 'ja')).toBe('2 週間')
})

test('notes can only count from being written', () => {
  expect(expiryModes(false)).toEqual(['off', 'after-read', 'after-send'])
  expect(expiryModes(true)).toEqual(['off', 'after-send'])
})

test('proposed are 12 hours after reading and a day after sending, or what is set', () => {
  expect(proposedTime('after-read', off)).toBe(12 * hour)
  expect(proposedTime('after-send', off)).toBe(day)
  expect(proposedTime('after-read', { mode: 'after-read', timerSeconds: 300 })).toBe(300)
  expect(proposedTime('off', off)).toBe(0)
})

test('every proposed time is among those that are offered', () => {
  for (const mode of ['after-read', 'after-send'] as const) {
    expect(expiryTimes(mode, off)).toContain(proposedTime(mode, off))
    expect(expiryTimes(mode, { mode, timerSeconds: 30 })[0]).toBe(30)
  }
  expect(expiryTimes('after-send', { mode: 'after-read', timerSeconds: 300 })).not.toContain(300)
  expect(expiryTimes('off', off)).toEqual([])
})

test('settings without a time are the same whatever their time says', () => {
  expect(isSameExpiry(off, { mode: 'off', timerSeconds: 5 })).toBe(true)
  expect(isSameExpiry({ mode: 'after-read', timerSeconds: 5 }, { mode: 'after-read', timerSeconds: 6 })).toBe(false)
  expect(isSameExpiry({ mode: 'after-read', timerSeconds: 5 }, { mode: 'after-send', timerSeconds: 5 })).toBe(false)
})
