import { expect, test } from 'vitest'
import { type BannerMemory, nextBannerMemory } from '../../src/recovery/banner-state.ts'

const after = (counts: readonly number[], from: BannerMemory = 'unseen'): BannerMemory =>
  counts.reduce<BannerMemory>(nextBannerMemory, from)

test('it shows with the third conversation, and stays when there are fewer or more', () => {
  expect(after([0, 1, 2])).toBe('unseen')
  expect(after([0, 1, 2, 3])).toBe('shown')
  expect(after([3, 2, 1, 7])).toBe('shown')
})

test('somebody who has more at once never sees it', () => {
  expect(after([4])).toBe('dismissed')
  expect(after([4, 3])).toBe('dismissed')
})

test('once dismissed it stays away', () => {
  expect(after([3], 'dismissed')).toBe('dismissed')
})
