import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfName, maxNameBytes } from '../../src/accounts/name-rules.ts'

test.for(['', '   ', '\u200b', ' \u2060\t\u200d ', '\ufeff'])('nothing to be seen in %j', text => {
  expect(faultOfName(text)).toEqual({ kind: 'empty' })
})

test('bytes are counted, not characters', () => {
  expect(faultOfName('🦊'.repeat(25))).toBeUndefined()
  expect(faultOfName('🦊'.repeat(26))).toEqual({ kind: 'too-long', bytes: 104 })
  expect(faultOfName('a'.repeat(100))).toBeUndefined()
  expect(faultOfName('a'.repeat(101))).toEqual({ kind: 'too-long', bytes: 101 })
})

test('what is trimmed does not count', () => {
  expect(faultOfName(`  \u200b${'a'.repeat(100)}\u2060 `)).toBeUndefined()
})

test('any text that starts and ends visibly is judged by its bytes', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 }).map(middle => `a${middle}z`)
  fc.assert(
    fc.property(text, name => {
      const bytes = new TextEncoder().encode(name).length
      expect(faultOfName(name)).toEqual(bytes > maxNameBytes ? { kind: 'too-long', bytes } : undefined)
    }),
  )
})
