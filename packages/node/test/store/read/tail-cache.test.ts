import { encodeBase64 } from '@sotto/protocol/encoding'
import { formatStoredMessage, MAX_RETRIEVE_SIZE, type StoredMessage } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { TailCache } from '../../../src/store/read/tail-cache.ts'
import { message, NOW, ownerNumber, type Sample } from '../samples.ts'

const owner = ownerNumber(0)
const { namespace } = message()
const whole = { maxSize: MAX_RETRIEVE_SIZE }
const forever = Infinity

function stored(sample: Sample): StoredMessage {
  const { hash, timestamp, expiry, data } = message(sample)
  return { hash, timestamp, expiry, data }
}

function tail(messages: readonly StoredMessage[], after?: StoredMessage) {
  const written = messages.map(each => formatStoredMessage(each, encodeBase64(each.data)))
  return { after: after?.hash, messages, written }
}

const [a, b, c] = [stored({ text: 'a' }), stored({ text: 'b' }), stored({ text: 'c' })]

test('what lies after any message of a tail is known', () => {
  const cache = new TailCache(100_000)
  cache.keep(owner, namespace, tail([a, b, c]), NOW, forever)
  expect(cache.read(owner, namespace, whole, NOW)).toEqual({ ...tail([a, b, c]), after: undefined, more: false })
  expect(cache.read(owner, namespace, { ...whole, after: a.hash }, NOW)?.messages).toEqual([b, c])
  expect(cache.read(owner, namespace, { ...whole, after: c.hash }, NOW)).toEqual({
    messages: [],
    written: [],
    more: false,
  })
})

test('a tail that begins after a message says nothing of what is before', () => {
  const cache = new TailCache(100_000)
  cache.keep(owner, namespace, tail([b], a), NOW, forever)
  expect(cache.read(owner, namespace, { ...whole, after: a.hash }, NOW)?.messages).toEqual([b])
  expect(cache.read(owner, namespace, whole, NOW)).toBeUndefined()
  expect(cache.read(owner, namespace, { ...whole, after: c.hash }, NOW)).toBeUndefined()
})

test('replies are cut, and one message comes whatever its size', () => {
  const cache = new TailCache(100_000)
  cache.keep(owner, namespace, tail([a, b, c]), NOW, forever)
  const read = (limits: object) => cache.read(owner, namespace, { ...whole, ...limits }, NOW)
  expect(read({ maxCount: 2 })).toMatchObject({ messages: [a, b], more: true })
  expect(read({ maxCount: 3 })).toMatchObject({ messages: [a, b, c], more: false })
  expect(read({ maxSize: 1 })).toMatchObject({ messages: [a], more: true })
  expect(read({ maxSize: 1, after: b.hash })).toMatchObject({ messages: [c], more: false })
})

test('a tail is good from when it was read until the first of its messages expires or its beginning is forgotten', () => {
  const cache = new TailCache(100_000)
  cache.keep(owner, namespace, tail([a, b]), NOW, forever)
  expect(cache.read(owner, namespace, whole, NOW - 1)).toBeUndefined()
  expect(cache.read(owner, namespace, whole, a.expiry - 1)).toBeDefined()
  expect(cache.read(owner, namespace, whole, a.expiry)).toBeUndefined()
  cache.keep(owner, namespace, tail([], b), NOW, NOW + 10)
  expect(cache.read(owner, namespace, { ...whole, after: b.hash }, NOW + 9)).toBeDefined()
  expect(cache.read(owner, namespace, { ...whole, after: b.hash }, NOW + 10)).toBeUndefined()
})

test('what has changed is forgotten, for the one account', () => {
  const cache = new TailCache(100_000)
  for (const each of [owner, ownerNumber(1)]) cache.keep(each, namespace, tail([a]), NOW, forever)
  cache.forget(owner)
  expect(cache.read(owner, namespace, whole, NOW)).toBeUndefined()
  expect(cache.read(ownerNumber(1), namespace, whole, NOW)).toBeDefined()
  cache.clear()
  expect(cache.read(ownerNumber(1), namespace, whole, NOW)).toBeUndefined()
})

test('the oldest go when there is no room, and what is too long is not kept', () => {
  const cache = new TailCache(1500)
  for (const at of [0, 1, 2]) cache.keep(ownerNumber(at), namespace, tail([a]), NOW, forever)
  expect([0, 1, 2].map(at => cache.read(ownerNumber(at), namespace, whole, NOW) !== undefined)).toEqual([
    false,
    true,
    true,
  ])
  const long = Array.from({ length: 65 }, (_, at) => stored({ text: String(at) }))
  const large = new TailCache(1_000_000)
  large.keep(owner, namespace, tail(long), NOW, forever)
  expect(large.read(owner, namespace, whole, NOW)).toBeUndefined()
  large.keep(owner, namespace, tail(long.slice(1)), NOW, forever)
  expect(large.read(owner, namespace, whole, NOW)?.messages).toHaveLength(64)
  new TailCache(0).keep(owner, namespace, tail([a]), NOW, forever)
})
