import { type ExpireResult, type MessageHash } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { agreedExpiry } from '../../src/expiry/agreed-expiry.ts'

const hash = 'a'.repeat(43) as MessageHash
const other = 'b'.repeat(43) as MessageHash
const NOW = 1000

const updated = (expiry: number): ExpireResult => ({ expiry, updated: [hash] })
const unchanged = (expiry: number): ExpireResult => ({
  expiry: 9000,
  updated: [],
  unchanged: new Map([[hash, expiry]]),
})
const unknown: ExpireResult = { expiry: 9000, updated: [other], unchanged: new Map() }

test('what all members say counts', () => {
  expect(agreedExpiry(hash, [updated(9000), updated(9000), updated(9000)], NOW)).toBe(9000)
  expect(agreedExpiry(hash, [unchanged(5000), unchanged(5000)], NOW)).toBe(5000)
  expect(agreedExpiry(hash, [unknown, unknown], NOW)).toBe(NOW)
})

test('one member alone neither ends nor prolongs anything', () => {
  expect(agreedExpiry(hash, [unknown, updated(9000), updated(9000)], NOW)).toBe(9000)
  expect(agreedExpiry(hash, [unchanged(1), updated(9000)], NOW)).toBe(9000)
  expect(agreedExpiry(hash, [unchanged(99_999), unchanged(5000), unchanged(5000)], NOW)).toBe(5000)
})

test('with one expiry for each message the place in the list counts', () => {
  const results: readonly ExpireResult[] = [{ expiry: [7000, 8000], updated: [other, hash] }]
  expect(agreedExpiry(hash, results, NOW)).toBe(8000)
})

test('without any answer nothing is known', () => {
  expect(agreedExpiry(hash, [], NOW)).toBeUndefined()
})
