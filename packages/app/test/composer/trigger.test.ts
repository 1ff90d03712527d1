import { expect, test } from 'vitest'
import { triggerAt } from '../../src/composer/trigger.ts'

const at = (text: string) => triggerAt(text, text.length)

test.for([
  ['@', { kind: 'mention', start: 0, query: '' }],
  ['Hi @ad', { kind: 'mention', start: 3, query: 'ad' }],
  ['(@ad', { kind: 'mention', start: 1, query: 'ad' }],
  ['line\n@ad', { kind: 'mention', start: 5, query: 'ad' }],
  [':smi', { kind: 'emoji', start: 0, query: 'smi' }],
  ['so :+1', { kind: 'emoji', start: 3, query: '+1' }],
  ['gut :lä', { kind: 'emoji', start: 4, query: 'lä' }],
] as const)('%s asks', ([text, trigger]) => {
  expect(at(text)).toEqual(trigger)
})

test.for([
  '',
  '@ada ',
  'me@example',
  'http://x.org:80',
  'https://x.org/:ab',
  'see https:smile',
  '12:30',
  ':',
  ':s',
  '::ab',
  'a:bc',
])('%s asks for nothing', text => {
  expect(at(text)).toBeUndefined()
})

test('a search word has an end', () => {
  expect(at(`@${'x'.repeat(100)}`)).toMatchObject({ kind: 'mention' })
  expect(at(`@${'x'.repeat(101)}`)).toBeUndefined()
})

test('only what stands before the caret counts', () => {
  expect(triggerAt('@ada lovelace', 3)).toEqual({ kind: 'mention', start: 0, query: 'ad' })
})
