import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  afterTyping,
  withKnownNames,
  emptyField,
  fieldFromWire,
  type FieldText,
  mentionAround,
  mentionBeside,
  wireForm,
  wireLength,
  withMention,
} from '../../src/composer/field-text.ts'

const ada = `05${'a1'.repeat(32)}`
const bob = `05${'b2'.repeat(32)}`
const names = new Map([
  [ada, 'Ada'],
  [bob, 'Bob B'],
])
const nameFor = (account: string): string | undefined => names.get(account)
/** "Hi @Ada and @Bob B." */
const both: FieldText = {
  text: 'Hi @Ada and @Bob B.',
  mentions: [
    { start: 3, end: 7, account: ada },
    { start: 12, end: 18, account: bob },
  ],
}

test('mentions move with what is typed before them', () => {
  const after = afterTyping(both, `Oh. ${both.text}`, 4)
  expect(after.mentions.map(({ start }) => start)).toEqual([7, 16])
  expect(wireForm(after)).toBe(`Oh. Hi @${ada} and @${bob}.`)
})

test('what is typed behind a mention leaves it alone', () => {
  const after = afterTyping(both, 'Hi @Ada, and @Bob B.', 8)
  expect(wireForm(after)).toBe(`Hi @${ada}, and @${bob}.`)
})

test('a cut into a mention takes all of it', () => {
  const after = afterTyping(both, 'Hi @Ad and @Bob B.', 6)
  expect(after).toEqual({ text: 'Hi  and @Bob B.', mentions: [{ start: 8, end: 14, account: bob }], caret: 3 })
})

test('a cut through both takes both', () => {
  const after = afterTyping(both, 'Hi @Ad B.', 6)
  expect(after).toEqual({ text: 'Hi .', mentions: [], caret: 3 })
})

test('a mention that is written into becomes text', () => {
  const after = afterTyping(both, 'Hi @Axda and @Bob B.', 6)
  expect(wireForm(after)).toBe(`Hi @Axda and @${bob}.`)
})

test('the same letter twice is taken away where the caret was', () => {
  const field: FieldText = { text: '@Ada a', mentions: [{ start: 0, end: 4, account: ada }] }
  expect(wireForm(afterTyping(field, '@Ada ', 5))).toBe(`@${ada} `)
})

test('a hexadecimal digit right behind an id is kept apart from it', () => {
  const field: FieldText = { text: '@Adaf', mentions: [{ start: 0, end: 4, account: ada }] }
  expect(wireForm(field)).toBe(`@${ada} f`)
})

test('a mention costs 67 code points, an emoji one', () => {
  expect(wireLength({ text: ' @Ada 🥰 ', mentions: [{ start: 1, end: 5, account: ada }] })).toBe(69)
})

test('carets know the mentions around and beside them', () => {
  expect(mentionAround(both, 5)?.account).toBe(ada)
  expect(mentionAround(both, 7)).toBeUndefined()
  expect(mentionBeside(both, 7, 'before')?.account).toBe(ada)
  expect(mentionBeside(both, 3, 'before')).toBeUndefined()
  expect(mentionBeside(both, 3, 'after')?.account).toBe(ada)
})

test('a later mention takes the place of what it covers', () => {
  expect(withMention(both, { start: 2, end: 5, account: bob }).mentions).toEqual([
    { start: 2, end: 5, account: bob },
    { start: 12, end: 18, account: bob },
  ])
})

test('an id without a name stays as it is', () => {
  const stranger = `@05${'c3'.repeat(32)}`
  expect(fieldFromWire(stranger, nameFor)).toEqual({ text: stranger, mentions: [] })
})

test('a name that comes back is a mention again, as a whole word only', () => {
  const known = new Map([['@Ada', ada]])
  const back = withKnownNames({ text: '@Ada, @Adam and @Ada', mentions: [{ start: 16, end: 20, account: bob }] }, known)
  expect(wireForm(back)).toBe(`@${ada}, @Adam and @${bob}`)
})

const part = fc.oneof(fc.constantFrom(`@${ada}`, `@${bob}`), fc.string({ unit: fc.constantFrom('x', ' ', 'é', '🥰') }))
const wire = fc.array(part).map(parts => parts.join(' '))

test('what was kept comes back as it was', () => {
  fc.assert(
    fc.property(wire, kept => {
      expect(wireForm(fieldFromWire(kept, nameFor))).toBe(kept)
    }),
  )
})

test('whatever is typed, mentions stay in the text, in order, and say the names they said', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(5), fc.string({ maxLength: 4 })), { maxLength: 12 })
  fc.assert(
    fc.property(wire, edits, (kept, list) => {
      let field: FieldText = fieldFromWire(kept, nameFor)
      for (const [place, length, typed] of list) {
        const at = place % (field.text.length + 1)
        const text = field.text.slice(0, at) + typed + field.text.slice(at + length)
        const after = afterTyping(field, text, at + typed.length)
        expect(after.caret).toBeLessThanOrEqual(after.text.length)
        field = after
      }
      let end = 0
      for (const mention of field.mentions) {
        expect(mention.start).toBeGreaterThanOrEqual(end)
        expect(field.text.slice(mention.start, mention.end)).toBe(`@${nameFor(mention.account)}`)
        end = mention.end
      }
    }),
  )
})

test('nothing typed changes nothing', () => {
  expect(afterTyping(emptyField, '', 0)).toEqual({ text: '', mentions: [], caret: 0 })
})
