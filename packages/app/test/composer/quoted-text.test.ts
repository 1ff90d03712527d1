import { type MessageView } from '@sotto/client'
import { expect, test } from 'vitest'
import { withReturned } from '../../src/composer/field-text.ts'
import { quotedText } from '../../src/composer/quoted-text.ts'

type Quotable = Parameters<typeof quotedText>[0]
const quotable = (body: string | undefined, mentions: readonly object[] = []): Quotable => ({
  body,
  mentions: mentions as MessageView['mentions'],
})

test('a quote is one line with names in it', () => {
  const mentions = [
    { start: 3, length: 2, name: 'Bob' },
    { start: 11, length: 2, name: undefined },
  ]
  expect(quotedText(quotable('Hi @b\n and @y', mentions), 'You')).toBe('Hi @Bob and @You')
  expect(quotedText(quotable('x'.repeat(500)), 'You')).toHaveLength(200)
})

test('what has no text has no line', () => {
  expect(quotedText(quotable(undefined), 'You')).toBeUndefined()
  expect(quotedText(quotable(' \n '), 'You')).toBeUndefined()
})

test('a text that comes back stands before what was typed since, with its mentions', () => {
  const returned = { text: '@A x', mentions: [{ start: 0, end: 2, account: 'a' }] }
  const since = { text: 'y @B', mentions: [{ start: 2, end: 4, account: 'b' }] }
  expect(withReturned(returned, { text: ' ', mentions: [] })).toBe(returned)
  expect(withReturned(returned, since)).toEqual({
    text: '@A x\ny @B',
    mentions: [
      { start: 0, end: 2, account: 'a' },
      { start: 7, end: 9, account: 'b' },
    ],
  })
})
