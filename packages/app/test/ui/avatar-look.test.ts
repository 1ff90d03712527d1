import fc from 'fast-check'
import { expect, test } from 'vitest'
import { avatarHue, initials } from '../../src/ui/avatar-look.ts'

const id = '05f3a9c1'

test.for([
  ['Mira', 'MI'],
  ['mira lindqvist', 'ML'],
  ['Ana-Maria', 'AM'],
  ['  Jonas   de  Vries ', 'JD'],
  ['(Bo)', 'BO'],
  ['x', 'X'],
  ['R2', 'R2'],
  ['Österreich', 'ÖS'],
  ['O\u0308sterreich', 'O\u0308S'],
  ['森 涼子', '森涼'],
  ['سلمى الخطيب', 'س\u200Cا'],
  ['🌿 Garden', '🌿G'],
  ['🌿🌿', '🌿'],
  ['-', ''],
] as const)('the initials of %s are %s', ([name, expected]) => {
  expect(initials(id, name)).toBe(expected)
})

test('who has no name, or whose name is the id, is known by the first digit of the key', () => {
  expect(initials(id)).toBe('F')
  expect(initials(id, '  ')).toBe('F')
  expect(initials(id, id)).toBe('F')
})

test('any name gives at most two signs, each of which is at most three letters as a capital', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), name => {
      expect([...segmenter.segment(initials(id, name))].length).toBeLessThanOrEqual(6)
    }),
  )
})

test('the colour of an id is that of all other devices', () => {
  // Remainders by seven of the first twelve digits that sha512sum prints.
  expect(['05a1', '05b2', '03c3', ''].map(avatarHue)).toEqual([6, 5, 5, 3])
})

test('seven colours, each for about a seventh of all ids', () => {
  const counts = new Map<number, number>()
  for (let at = 0; at < 7000; at += 1) {
    const hue = avatarHue(`05${(at * 2_654_435_761).toString(16)}`)
    counts.set(hue, (counts.get(hue) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  for (const count of counts.values()) expect(count).toBeGreaterThan(800)
})
