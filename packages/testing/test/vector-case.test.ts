import { expect, test } from 'vitest'
import { VectorCase } from '../src/vector-case.ts'

const members = { what: 'all kinds', key: 'ff00', data: '/wA=', n: 7, big: '18446744073709551615', ok: true, list: [1] }

test('members come out as what they are', () => {
  const one = new VectorCase(members)
  expect(one.hex('key')).toEqual(Uint8Array.of(255, 0))
  expect(one.base64('data')).toEqual(Uint8Array.of(255, 0))
  expect(one.number('n')).toBe(7)
  expect(one.integer('n')).toBe(7n)
  expect(one.integer('big')).toBe(18446744073709551615n)
  expect(one.flag('ok')).toBe(true)
  expect(one.raw('list')).toEqual([1])
  expect(one.has('nothing')).toBe(false)
  one.assertAllRead()
})

test('a member that nobody read is found', () => {
  const one = new VectorCase({ what: 'two', a: 1, b: 2 })
  one.number('a')
  one.has('b')
  expect(() => one.assertAllRead()).toThrow('never read: b')
})

test('a member of another kind is refused', () => {
  const one = new VectorCase({ ...members, huge: 2 ** 60 })
  expect(() => one.text('n')).toThrow('n is no text')
  expect(() => one.number('key')).toThrow('key is no exact number')
  expect(() => one.number('huge')).toThrow('huge is no exact number')
  expect(() => one.flag('n')).toThrow('n is neither true nor false')
  expect(() => one.raw('nothing')).toThrow('there is no nothing')
})
