import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf, fitCells, splitGraphemes, wrapCells } from '../../src/chat/wrap-cells.ts'

test.for([
  ['one two three', 7, ['one two', 'three']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  ['a\n\nb', 5, ['a', '', 'b']],
  ['日本語です', 4, ['日本', '語で', 'す']],
  ['👩‍👩‍👧👩‍👩‍👧', 2, ['👩‍👩‍👧', '👩‍👩‍👧']],
] as const)('%j in %i cells', ([text, width, lines]) => {
  expect(wrapCells(text, width)).toEqual(lines)
})

test('no line is too wide, and nothing but spaces is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      const lines = wrapCells(text, width)
      for (const line of lines) expect(cellsOf(line) <= width || splitGraphemes(line).length === 1).toBe(true)
      expect(lines.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
    }),
  )
})

test('what does not fit ends in an ellipsis', () => {
  expect(fitCells('abcdef', 6)).toBe('abcdef')
  expect(fitCells('abcdef', 5)).toBe('abcd…')
  expect(fitCells('日本語', 4)).toBe('日…')
  expect(fitCells('abc', 0)).toBe('')
})
