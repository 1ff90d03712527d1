import { expect, test } from 'vitest'
import { readRecipient } from '../../src/start/read-recipient.ts'
import { parseSuggestions } from '../../src/start/use-suggestions.ts'

const id = `05${'ab'.repeat(32)}`

test('an account id is taken in any case, with blanks around it', () => {
  expect(readRecipient(` ${id.toUpperCase()}\n`)).toEqual({ kind: 'account', id })
})

test.for([
  ['', 'empty'],
  [`03${'ab'.repeat(32)}`, 'group'],
  [`15${'ab'.repeat(32)}`, 'blinded'],
  [`25${'ab'.repeat(32)}`, 'blinded'],
  [id.slice(1), 'length'],
  ['-ada', 'bad'],
  ['ada lovelace', 'bad'],
  ['x'.repeat(101), 'bad'],
] as const)('%s is refused: %s', ([typed, why]) => {
  expect(readRecipient(typed)).toMatchObject({ kind: 'wrong', why })
})

test('anything else may be a name', () => {
  expect(readRecipient('Ada_1')).toEqual({ kind: 'name', name: 'ada_1' })
})

test('of what a gateway suggests only accounts are taken, and not many', () => {
  const good = { id, name: 'Echo' }
  expect(
    parseSuggestions({ accounts: [good, { id: 'no', name: 'x' }, { id }, null, { id, name: 'x'.repeat(101) }] }),
  ).toEqual([good])
  expect(parseSuggestions({ accounts: Array.from({ length: 100 }, () => good) })).toHaveLength(10)
  for (const nonsense of [null, 1, [], {}, { accounts: 1 }]) expect(parseSuggestions(nonsense)).toEqual([])
})
