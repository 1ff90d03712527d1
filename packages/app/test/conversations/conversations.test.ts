import { expect, test } from 'vitest'
import { type ConversationRow } from '@sotto/client'
import { draftText } from '../../src/conversations/preview-text.ts'
import { shortTime } from '../../src/conversations/short-time.ts'

const id = `05${'ab'.repeat(32)}` as ConversationRow['id']

test('a draft shows names in the place of ids, and one line', () => {
  expect(draftText(`hi @${id}\nand @05${'cd'.repeat(32)}`, { id, name: 'Ada' })).toBe('hi @Ada and @05cd…')
})

test('what turns text around does not leave its line', () => {
  expect(draftText('a\u202Eb\u2066c', { id, name: 'Ada' })).toBe('a b c')
})

test('times get shorter the nearer they are', () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime()
  expect(shortTime(new Date(2026, 10, 22, 9, 5).getTime(), now, 'en-GB')).toMatch(/^0?9:05/)
  expect(shortTime(new Date(2026, 10, 20).getTime(), now, 'en-GB')).toBe('Fri')
  expect(shortTime(new Date(2026, 2, 1).getTime(), now, 'en-GB')).toBe('1 Mar')
  expect(shortTime(new Date(2024, 2, 1).getTime(), now, 'en-GB')).toBe('1 Mar 2024')
})
