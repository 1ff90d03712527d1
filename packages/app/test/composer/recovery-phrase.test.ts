import { expect, test } from 'vitest'
import { countdown } from '../../src/composer/limits.ts'
import { findPeople, type Mentionable } from '../../src/composer/people.ts'
import { holdsPhrase, mayHoldPhrase } from '../../src/composer/recovery-phrase.ts'

const phrase = 'abbey acidic acoustic adapt adept adjust adopt adult aerial afar affair afield abbey'

test.for([
  phrase,
  `Here it is: ${phrase}.`,
  phrase.replaceAll(' ', '\n'),
  phrase.toUpperCase(),
  phrase
    .split(' ')
    .map((word, at) => `${at + 1}. ${word}`)
    .join(', '),
])('the phrase is found in: %s', text => {
  expect(mayHoldPhrase(text)).toBe(true)
  expect(holdsPhrase(text, phrase)).toBe(true)
})

test('other words are not the phrase', () => {
  expect(holdsPhrase(phrase.replace('adopt', 'adore'), phrase)).toBe(false)
  expect(holdsPhrase(`x${phrase}`, phrase)).toBe(false)
  expect(holdsPhrase(phrase.split(' ').slice(0, 12).join(' '), phrase)).toBe(false)
  expect(holdsPhrase('anything', '')).toBe(false)
  expect(mayHoldPhrase(phrase.split(' ').slice(0, 12).join(' '))).toBe(false)
})

test('the last 200 code points are counted', () => {
  expect(countdown(1799)).toBeUndefined()
  expect(countdown(1800)).toBe(200)
  expect(countdown(2000)).toBe(0)
  expect(countdown(2003)).toBe(-3)
})

test('people are found by each of their names, with or without marks', () => {
  const ada: Mentionable = { account: '05ab', name: 'Ada', words: ['Ada', 'Zoë'] }
  const you: Mentionable = { account: '05cd', name: 'Me', words: ['Me', 'you'] }
  const found = (query: string) => findPeople([you, ada], query).map(({ name }) => name)
  expect(found('')).toEqual(['Me', 'Ada'])
  expect(found('zoe')).toEqual(['Ada'])
  expect(found('YOU')).toEqual(['Me'])
  expect(found('05a')).toEqual(['Ada'])
  expect(found('nobody')).toEqual([])
})
