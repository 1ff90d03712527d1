import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText } from '../../src/messages/text/parse-text.ts'
import { plainText } from '../../src/messages/text/plain-text.ts'
import { type TextBlock, type TextPart } from '../../src/messages/text/text-parts.ts'

const signs = { bold: '*', italic: '_', strike: '~' } as const

function sourceOfPart(part: TextPart): string {
  switch (part.kind) {
    case 'text':
    case 'link':
    case 'mention':
      return part.text
    case 'code':
      return `\`${part.text}\``
    case 'bold':
    case 'italic':
    case 'strike':
      return `${signs[part.kind]}${part.parts.map(sourceOfPart).join('')}${signs[part.kind]}`
  }
}

function sourceOf(block: TextBlock): string {
  if (block.kind === 'code') return `\`\`\`${block.text}\`\`\``
  return block.parts.map(sourceOfPart).join('')
}

const withoutSpacing = (text: string): string => text.replace(/[>\n ]/g, '')
const kindsIn = (text: string): string =>
  parseText(text, [])
    .flatMap(block => (block.kind === 'code' ? ['block'] : [block.kind, ...block.parts.map(({ kind }) => kind)]))
    .join(' ')

test.for([
  ['plain', 'paragraph text'],
  ['*bold*', 'paragraph bold'],
  ['say *this* loud', 'paragraph text bold text'],
  ['_a_ ~b~', 'paragraph italic text strike'],
  ['2*3*4', 'paragraph text'],
  ['snake_case_name', 'paragraph text'],
  ['* a *', 'paragraph text'],
  ['**', 'paragraph text'],
  ['*a\nb*', 'paragraph text'],
  ['`*no*`', 'paragraph code'],
  ['```\nx\n```', 'block'],
  ['before\n```x```\nafter', 'paragraph text block paragraph text'],
  ['``````', 'paragraph text'],
  ['> said', 'quote text'],
  ['a\n> said\nb', 'paragraph text quote text paragraph text'],
  ['https://a.example/_x_/*y*', 'paragraph link text'],
  ['*see https://a.example/b*', 'paragraph bold'],
] as const)('reads %j', ([text, kinds]) => {
  expect(kindsIn(text)).toBe(kinds)
})

test('nests emphasis', () => {
  expect(parseText('*a _b_*', [])).toEqual([
    {
      kind: 'paragraph',
      parts: [
        {
          kind: 'bold',
          parts: [
            { kind: 'text', text: 'a ' },
            { kind: 'italic', parts: [{ kind: 'text', text: 'b' }] },
          ],
        },
      ],
    },
  ])
})

test('shows people where they stand', () => {
  const account = `05${'a'.repeat(64)}`
  const mention = { start: 3, length: 67, account, name: 'Ann' }
  expect(parseText(`hi @${account}!`, [mention])).toEqual([
    {
      kind: 'paragraph',
      parts: [
        { kind: 'text', text: 'hi ' },
        { kind: 'mention', text: `@${account}`, account, name: 'Ann' },
        { kind: 'text', text: '!' },
      ],
    },
  ])
})

const lively = fc
  .array(fc.constantFrom('*', '_', '~', '`', '```', '>', ' ', '\n', 'a', 'é', '👍', 'https://x.example/', '.', '> '), {
    maxLength: 60,
  })
  .map(pieces => pieces.join(''))

test('loses nothing of a text but line breaks around blocks and the signs of quotes', () => {
  fc.assert(
    fc.property(fc.oneof(lively, fc.string({ unit: 'grapheme', maxLength: 200 })), text => {
      const source = parseText(text, []).map(sourceOf).join('\n')
      expect(withoutSpacing(source)).toBe(withoutSpacing(text))
    }),
  )
})

test('never makes an empty piece', () => {
  const check = (parts: readonly TextPart[]): void => {
    for (const part of parts) {
      if ('parts' in part) {
        expect(part.parts.length).toBeGreaterThan(0)
        check(part.parts)
      } else expect(part.text).not.toBe('')
    }
  }
  fc.assert(
    fc.property(lively, text => {
      for (const block of parseText(text, [])) if (block.kind !== 'code') check(block.parts)
    }),
  )
})

test('takes long texts of nothing but signs', () => {
  for (const piece of ['*a ', '`a', '```', '> ', '_*~a ', '(((']) {
    const text = piece.repeat(20_000 / piece.length)
    expect(parseText(text, []).length).toBeGreaterThan(0)
  }
})

test('the plain text has no signs of emphasis, and people in it have names', () => {
  const account = `05${'ab'.repeat(32)}`
  const text = `*bold _and more_* with @${account}\n> quoted\n\`\`\`\n*code*\n\`\`\``
  const start = text.indexOf('@')
  const mentions = [{ start, length: 67, account, name: 'Ada' }]
  expect(plainText(text, mentions, 'You')).toBe('bold and more with @Ada\nquoted\n*code*')
  expect(plainText('2 * 3 * 4', [], 'You')).toBe('2 * 3 * 4')
})
