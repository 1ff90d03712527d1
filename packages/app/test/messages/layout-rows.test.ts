import { type MessageView } from '@sotto/client'
import { expect, test } from 'vitest'
import { type LayoutOptions, layoutRows } from '../../src/messages/layout-rows.ts'
import { messageView } from './fake-messages.ts'

const whole: LayoutOptions = { hasOlder: false, hasNewer: false, firstUnread: undefined }
const minute = 60_000
const noon = new Date(2026, 2, 10, 12).getTime()
const at = (id: number, minutes: number, said: Partial<MessageView> = {}): MessageView =>
  messageView(id, { sentAt: noon + minutes * minute, ...said })
const shape = (messages: readonly MessageView[], options = whole): readonly string[] =>
  layoutRows(messages, options).map(
    ({ isFirst, isFirstUnread, isLast, time }) =>
      `${isFirstUnread ? '!' : ''}${{ none: '', time: 't', day: 'd' }[time]}${isFirst ? '<' : '-'}${isLast ? '>' : '-'}`,
  )

test('joins what one person says within five minutes', () => {
  expect(shape([at(1, 0), at(2, 5), at(3, 10)])).toEqual(['d<-', '--', '->'])
})

test('says the time again after five minutes of silence, and the day on another day', () => {
  expect(shape([at(1, 0), at(2, 5.1), at(3, 24 * 60)])).toEqual(['d<>', 't<>', 'd<>'])
})

test('parts people, and lines from what is said', () => {
  const line = at(3, 2, { kind: 'expiry-change' })
  expect(shape([at(1, 0), at(2, 1, { outgoing: true }), line, at(4, 3, { outgoing: true })])).toEqual([
    'd<>',
    '<>',
    '<>',
    '<>',
  ])
})

test('begins anew at the first unread message', () => {
  expect(shape([at(1, 0), at(2, 1)], { ...whole, firstUnread: 2 })).toEqual(['d<>', '!<>'])
})

test('does not say a day above a part of a conversation', () => {
  expect(shape([at(1, 0)], { ...whole, hasOlder: true })).toEqual(['<>'])
})

const statesOf = (messages: readonly MessageView[], options = whole): readonly number[] =>
  layoutRows(messages, options).flatMap(({ message, showsState }) => (showsState ? [message.id] : []))

test('shows the state of the last sent and the last read message', () => {
  const mine = (id: number, said: Partial<MessageView> = {}): MessageView => at(id, id, { outgoing: true, ...said })
  expect(statesOf([mine(1, { readAt: 1 }), mine(2, { readAt: 1 }), mine(3), mine(4), at(5, 5)])).toEqual([2, 4])
  expect(statesOf([mine(1), mine(2)], { ...whole, hasNewer: true })).toEqual([])
  expect(statesOf([mine(1, { state: 'failed' }), mine(2, { state: 'queued' }), mine(3)])).toEqual([1, 2, 3])
})
