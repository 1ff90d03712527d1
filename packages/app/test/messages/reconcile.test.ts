import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSame, reconcile } from '../../src/messages/reconcile.ts'
import { messageView } from './fake-messages.ts'

test('keeps the objects that say the same', () => {
  const before = [messageView(1), messageView(2), messageView(3)]
  const next = reconcile(before, [messageView(2), messageView(3, { body: 'changed' }), messageView(4)])
  expect(next[0]).toBe(before[1])
  expect(next[1]).toEqual(messageView(3, { body: 'changed' }))
  expect(next.map(({ id }) => id)).toEqual([2, 3, 4])
})

test('keeps the whole list if nothing has changed', () => {
  const before = [messageView(1), messageView(2)]
  expect(reconcile(before, [messageView(1), messageView(2)])).toBe(before)
  expect(reconcile(before, [messageView(1)])).not.toBe(before)
})

test('compares plain data as it is', () => {
  const data = fc.jsonValue()
  fc.assert(
    fc.property(data, value => {
      expect(isSame(value, structuredClone(value))).toBe(true)
    }),
  )
  fc.assert(
    fc.property(data, data, (a, b) => {
      expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b))
    }),
  )
  expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(true)
  expect(isSame({ a: 1 }, { b: 1 })).toBe(false)
})
