import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfNewPassphrase, strengthOf } from '../../src/lock/passphrase-rules.ts'

test('6 to 256 characters, which are code points', () => {
  expect(faultOfNewPassphrase('12345', '12345')).toBe('too-short')
  expect(faultOfNewPassphrase('123456', '123456')).toBeUndefined()
  const long = '🦊'.repeat(256)
  expect(faultOfNewPassphrase(long, long)).toBeUndefined()
  expect(faultOfNewPassphrase(`${long}1`, `${long}1`)).toBe('too-long')
})

test('nothing is trimmed: six spaces are a passphrase, and differ from seven', () => {
  expect(faultOfNewPassphrase(' '.repeat(6), ' '.repeat(6))).toBeUndefined()
  expect(faultOfNewPassphrase(' '.repeat(6), ' '.repeat(7))).toBe('mismatch')
})

test('hints say what is there', () => {
  expect(strengthOf('abc')).toEqual({ long: false, digit: false, upper: false, lower: true, symbol: false })
  expect(strengthOf('Über alles 123')).toEqual({ long: true, digit: true, upper: true, lower: true, symbol: true })
})

test('what is accepted fits into what the core takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      if (faultOfNewPassphrase(text, text) !== undefined) return
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1024)
    }),
  )
})
