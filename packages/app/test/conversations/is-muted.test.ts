import { expect, test } from 'vitest'
import { isMuted } from '../../src/conversations/is-muted.ts'

const now = 1_800_000_000_000
const seconds = now / 1000

test.for([
  ['all', 0, false],
  ['mentions', 0, false],
  ['none', 0, true],
  ['all', seconds + 1, true],
  ['all', seconds, false],
  ['all', seconds - 3600, false],
] as const)('told of %s, muted until %i: %j', ([notifications, mutedUntilSeconds, isQuiet]) => {
  expect(isMuted({ notifications, mutedUntilSeconds }, now)).toBe(isQuiet)
})
