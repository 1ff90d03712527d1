import fc from 'fast-check'
import { expect, test } from 'vitest'
import { controlLine, controlWords, expiryCase } from '../../src/messages/control-words.ts'
import { canReact, canReply, deletionOf } from '../../src/messages/message-rights.ts'
import { reactionNames, splitReactions } from '../../src/messages/reaction-names.ts'
import { emojiCount } from '../../src/messages/text/emoji-only.ts'
import { markParts } from '../../src/messages/text/mark-parts.ts'
import { mayBeLong } from '../../src/messages/text/may-be-long.ts'
import { readableText } from '../../src/messages/text/readable-text.ts'
import { messageView, other, own } from './fake-messages.ts'

test.for([
  ['👍', 1],
  ['👍 👩‍👩‍👧‍👦', 2],
  ['🇩🇪', 1],
  ['1️⃣', 1],
  ['1', 0],
  ['#', 0],
  ['👍!', 0],
  ['', 0],
  ['👍'.repeat(6), 6],
  ['👍'.repeat(7), 0],
] as const)('counts the emoji of %j', ([text, count]) => {
  expect(emojiCount(text)).toBe(count)
})

test('marks pieces and loses nothing', () => {
  expect(markParts('one and one', ['one', 'an'])).toEqual([
    { text: 'one', isMatch: true },
    { text: ' ', isMatch: false },
    { text: 'an', isMatch: true },
    { text: 'd ', isMatch: false },
    { text: 'one', isMatch: true },
  ])
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, marks) => {
      const joined = markParts(text, marks)
        .map(part => part.text)
        .join('')
      expect(joined).toBe(text)
    }),
  )
})

test('knows what is certainly short', () => {
  expect(mayBeLong('short\n'.repeat(24))).toBe(false)
  expect(mayBeLong('a\n'.repeat(25))).toBe(true)
  expect(mayBeLong('a'.repeat(401))).toBe(true)
})

test('copies names in the place of ids', () => {
  const body = `hi @${other}, I am @${own}`
  const mentions = [
    { start: 3, length: 67, account: other, name: 'Ann' },
    { start: 77, length: 67, account: own, name: undefined },
  ]
  expect(readableText({ body, mentions }, 'you')).toBe('hi @Ann, I am @you')
})

test('reads lines, and takes what it does not know for something that happened', () => {
  const expiry = { mode: 'after-read', timerSeconds: 300 }
  expect(controlLine({ kind: 'expiry-change', data: expiry })).toEqual({ kind: 'expiry', ...expiry })
  expect(controlLine({ kind: 'expiry-change', data: { mode: 'never' } })).toEqual({ kind: 'other' })
  expect(controlLine({ kind: 'call-missed', data: undefined })).toEqual({ kind: 'other' })
  const words = (kind: string, data: unknown, outgoing: boolean): string =>
    controlWords({ kind, data, outgoing }, 'Ann', String).key
  expect(words('expiry-change', expiry, true)).toBe('messages.line.expiry.you-set')
  expect(words('expiry-change', { mode: 'off', timerSeconds: 0 }, false)).toBe('messages.line.expiry.they-off')
  expect(words('data-extraction', { what: 'screenshot' }, false)).toBe('messages.line.screenshot')
  expect(words('request-accepted', undefined, true)).toBe('messages.line.accepted.you')
})

test.for([
  ['after-read', 'read'],
  ['after-send', 'sent'],
  ['off', 'off'],
] as const)('tells a text of messages that disappear %s', ([mode, told]) => {
  expect(expiryCase(mode)).toBe(told)
  const message = { kind: 'expiry-change', data: { mode, timerSeconds: 300 }, outgoing: true }
  expect(controlWords(message, 'Ann', String).args).toMatchObject({ mode: told, duration: '300' })
})

const friend = { blocked: false, request: 'none', kind: 'contact' } as const

test('says what can be done with a message', () => {
  expect(canReply(messageView(1), friend)).toBe(true)
  expect(canReply(messageView(1, { outgoing: true, state: 'queued' }), friend)).toBe(false)
  expect(canReply(messageView(1, { deleted: 'here' }), friend)).toBe(false)
  expect(canReply(messageView(1, { kind: 'request-accepted' }), friend)).toBe(false)
  expect(canReply(messageView(1), { ...friend, blocked: true })).toBe(false)
  expect(canReact(messageView(1), { ...friend, request: 'incoming' })).toBe(false)
})

test('says how far messages can be deleted', () => {
  const mine = messageView(1, { outgoing: true })
  expect(deletionOf([mine])).toBe('everywhere')
  expect(deletionOf([mine, messageView(2)])).toBe('not-own')
  expect(deletionOf([mine, messageView(2, { outgoing: true, deleted: 'here' })])).toBe('not-messages')
})

test('shows six kinds of reactions, or four and the rest', () => {
  const kinds = (count: number) => Array.from({ length: count }, (_, at) => ({ emoji: String(at), senders: [] }))
  expect(splitReactions(kinds(6), false).rest).toHaveLength(0)
  expect(splitReactions(kinds(7), false)).toEqual({ shown: kinds(7).slice(0, 4), rest: kinds(7).slice(4) })
  expect(splitReactions(kinds(7), true).shown).toHaveLength(7)
})

test('names oneself first', () => {
  const people = { own, name: 'Ann', you: 'You' }
  expect(reactionNames([other, own], people)).toEqual({ shown: ['You', 'Ann'], others: 0 })
})
