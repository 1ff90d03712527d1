import { type UnseenEntry } from '@sotto/client'
import { expect, test } from 'vitest'
import { badgeText, notificationWords } from '../../src/notifications/notification-text.ts'
import { Throttle } from '../../src/notifications/throttle.ts'
import { texts as english } from '../../src/texts/en/index.ts'
import { createTexts } from '../../src/texts/texts.ts'

const text = createTexts(english, 'en')
const from = (name: string, body: string | undefined, kind: UnseenEntry['kind'] = 'message') =>
  ({
    kind,
    name,
    body,
    attachments: [],
    conversation: name,
    message: 1,
    sentAt: 0,
    receivedAt: 0,
  }) as unknown as UnseenEntry
const one = [from('Ada', 'Hello\nthere')]
const two = [from('Ada', 'Second'), from('Ada', 'First')]
const people = [from('Bob', 'Hi'), from('Ada', 'First')]

test('a single message says who and what', () => {
  expect(notificationWords(text, one, 'name-and-text')).toEqual({ title: 'Ada', body: 'Hello there' })
  expect(notificationWords(text, two, 'name-and-text')).toEqual({
    title: '2 new messages',
    body: 'Most recent from Ada: Second',
  })
})

test('with the name only, no text is said', () => {
  expect(notificationWords(text, one, 'name')).toEqual({ title: '1 new message', body: 'From Ada' })
  expect(notificationWords(text, people, 'name')).toEqual({ title: '2 new messages', body: 'Most recent from Bob' })
})

test('with the count only, nobody is named', () => {
  expect(notificationWords(text, people, 'count')).toEqual({ title: 'Sotto', body: '2 new messages' })
})

test('a request says neither who nor what; beside messages it is left out', () => {
  const request = from('Eve', undefined, 'request')
  expect(notificationWords(text, [request], 'name-and-text')).toEqual({
    title: 'Sotto',
    body: 'You have a new message request',
  })
  expect(notificationWords(text, [request, ...one], 'name-and-text')?.title).toBe('Ada')
})

test('ids of people are not said, long texts are cut, and there is a word for none', () => {
  expect(notificationWords(text, [from('Ada', `Hi @05${'ab'.repeat(32)}`)], 'name-and-text')?.body).toBe('Hi @…')
  expect(notificationWords(text, [from('Ada', 'x'.repeat(300))], 'name-and-text')?.body).toHaveLength(201)
  expect(notificationWords(text, [from('Ada', undefined)], 'name-and-text')?.body).toBe('A message without text')
  expect(notificationWords(text, [], 'name')).toBeUndefined()
})

test('without words it is said what came', () => {
  const photo: UnseenEntry = { ...from('Ada', ''), attachments: ['image'] }
  expect(notificationWords(text, [photo], 'name-and-text')).toEqual({ title: 'Ada', body: 'Photo' })
  expect(notificationWords(text, [{ ...photo, body: 'Look' }], 'name-and-text')?.body).toBe('Look')
})

test('the badge ends at 99', () => {
  expect([1, 99, 100, 5000].map(badgeText)).toEqual(['1', '99', '99+', '99+'])
})

/** Time that goes when it is told to. */
function manualTimers() {
  let now = 0
  let due: { at: number; run: () => void } | undefined
  return {
    now: () => now,
    after: (ms: number, run: () => void) => {
      due = { at: now + ms, run }
      return () => {
        due = undefined
      }
    },
    go: (ms: number) => {
      now += ms
      const next = due
      if (next === undefined || next.at > now) return
      due = undefined
      next.run()
    },
  }
}

test('the first wish is done at once, of others the last one, not before its time', () => {
  const timers = manualTimers()
  const throttle = new Throttle(2000, timers)
  const done: number[] = []
  for (const n of [1, 2, 3]) throttle.run(() => done.push(n))
  expect(done).toEqual([1])
  timers.go(1999)
  expect(done).toEqual([1])
  timers.go(1)
  expect(done).toEqual([1, 3])
  timers.go(5000)
  throttle.run(() => done.push(4))
  throttle.run(() => done.push(5))
  throttle.stop()
  timers.go(5000)
  expect(done).toEqual([1, 3, 4])
})
