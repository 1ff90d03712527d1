import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPhraseInput } from '../../src/onboarding/phrase-input.ts'

test.for(['abbey abducts ability', '  ABBEY\n\nabducts\tAbility ', 'abbey, abducts; ability.'])(
  'white space and signs around words do not matter: %j',
  text => {
    expect(readPhraseInput(text)).toEqual({ kind: 'words', words: ['abbey', 'abducts', 'ability'] })
  },
)

test('32 hex digits are a seed, one more or less is a word', () => {
  const hex = '0123456789abcdef0123456789abcdef'
  expect(readPhraseInput(` ${hex.toUpperCase()}\n`)).toEqual({ kind: 'seed', hex })
  expect(readPhraseInput(hex.slice(1))).toEqual({ kind: 'words', words: [hex.slice(1)] })
  expect(readPhraseInput(`${hex}0`)).toEqual({ kind: 'words', words: [`${hex}0`] })
})

test('nothing is empty; signs alone are no words', () => {
  expect(readPhraseInput(' \n ')).toEqual({ kind: 'empty' })
  expect(readPhraseInput('…')).toEqual({ kind: 'words', words: [] })
})

test('words have nothing in them that separates', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      const input = readPhraseInput(text)
      if (input.kind === 'words') for (const word of input.words) expect(word).toMatch(/^\w+$/)
    }),
  )
})
