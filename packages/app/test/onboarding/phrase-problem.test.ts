import { expect, test } from 'vitest'
import { readPhraseInput } from '../../src/onboarding/phrase-input.ts'
import { numberInDetail, problemOfCode, problemOfInput } from '../../src/onboarding/phrase-problem.ts'

const words = 'one two three four five six seven eight nine ten eleven twelve thirteen'
const problem = (text: string): unknown => problemOfInput(readPhraseInput(text))

test('what is seen before anything is computed', () => {
  expect(problem('  ')).toEqual({ kind: 'empty' })
  expect(problem('one')).toEqual({ kind: 'too-short', words: 1 })
  expect(problem(`${words} more`)).toEqual({ kind: 'too-long', words: 14 })
  expect(problem(words)).toBeUndefined()
  expect(problem('0'.repeat(32))).toBeUndefined()
})

test('a wrong word is named', () => {
  const error = { code: 'phrase.invalid-word', detail: { position: 3 } }
  const found = problemOfCode(error.code, numberInDetail(error, 'position'), readPhraseInput(words))
  expect(found).toEqual({ kind: 'wrong-words', position: 3, word: 'three' })
})

test('everything else about the phrase asks to check it', () => {
  const input = readPhraseInput(words)
  expect(problemOfCode('phrase.bad-checksum', undefined, input)).toEqual({ kind: 'check' })
  expect(problemOfCode('phrase.invalid-value', undefined, input)).toEqual({ kind: 'check' })
  expect(problemOfCode('phrase.invalid-word', 14, input)).toEqual({ kind: 'check' })
  expect(problemOfCode('phrase.too-short', undefined, readPhraseInput('0'.repeat(32)))).toEqual({ kind: 'check-code' })
})

test('other errors are not about the phrase', () => {
  expect(problemOfCode('accounts.storage-full', undefined, readPhraseInput(words))).toBeUndefined()
  expect(problemOfCode(undefined, undefined, readPhraseInput(words))).toBeUndefined()
})

test.for([undefined, null, 'text', {}, { detail: null }, { detail: { position: '3' } }])('no number in %j', error => {
  expect(numberInDetail(error, 'position')).toBeUndefined()
})
