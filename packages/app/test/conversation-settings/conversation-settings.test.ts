import { expect, test } from 'vitest'
import { muteChanges, muteState, mutings, type NotificationState } from '../../src/conversation-settings/muting.ts'
import { isNicknameTooLong } from '../../src/conversation-settings/nickname-rules.ts'

const now = 1_700_000_000_000

const before: NotificationState = { notifications: 'all', mutedUntilSeconds: 0 }

/** What the core makes of changes. */
function applied(changes: ReturnType<typeof muteChanges>, from = before) {
  return changes.reduce<NotificationState>(
    (state, { mode, until }) =>
      until === undefined ? { notifications: mode, mutedUntilSeconds: 0 } : { ...state, mutedUntilSeconds: until },
    from,
  )
}

test('what was set is what is shown, whatever was set before', () => {
  const wanted = [
    'none',
    { untilMs: now + 3_600_000 },
    { untilMs: now + 8 * 3_600_000 },
    { untilMs: now + 604_800_000 },
    'always',
  ]
  for (const first of mutings) {
    const from = applied(muteChanges(first, now))
    expect(mutings.map(each => muteState(applied(muteChanges(each, now), from), now))).toEqual(wanted)
  }
})

test('muting ends by itself', () => {
  const state = applied(muteChanges('hour', now))
  expect(muteState(state, now + 3_599_000)).toEqual({ untilMs: now + 3_600_000 })
  expect(muteState(state, now + 3_600_000)).toBe('none')
})

test('names are measured in bytes', () => {
  expect(isNicknameTooLong('x'.repeat(100))).toBe(false)
  expect(isNicknameTooLong('x'.repeat(101))).toBe(true)
  expect(isNicknameTooLong('🥰'.repeat(25))).toBe(false)
  expect(isNicknameTooLong('🥰'.repeat(26))).toBe(true)
  expect(isNicknameTooLong(`  ${'x'.repeat(100)}  `)).toBe(false)
})
