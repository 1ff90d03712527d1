import { expect, test } from 'vitest'
import { groupByMonth, mergePages } from '../../src/attachments/gallery-pages.ts'
import { viewerAct } from '../../src/attachments/viewer-keys.ts'
import { aView } from './a-view.ts'

const some = (...ids: readonly number[]) => ids.map(id => aView({ id, sentAt: id * 1000 }))
const idsOf = (views: readonly { readonly id: number }[]) => views.map(({ id }) => id)

test('pages follow each other, newest first', () => {
  const first = { before: undefined, attachments: some(9, 8), hasOlder: true }
  const second = { before: aView({ id: 8, sentAt: 8000 }), attachments: some(7, 6), hasOlder: false }
  expect(idsOf(mergePages([first, second], []))).toEqual([9, 8, 7, 6])
})

test('what a new one pushed out of the first page stays', () => {
  const first = { before: undefined, attachments: some(10, 9), hasOlder: true }
  const second = { before: aView({ id: 8, sentAt: 8000 }), attachments: some(7, 6), hasOlder: false }
  expect(idsOf(mergePages([first, second], some(9, 8, 7, 6)))).toEqual([10, 9, 8, 7, 6])
})

test('what was deleted goes', () => {
  const first = { before: undefined, attachments: some(9, 7), hasOlder: true }
  expect(idsOf(mergePages([first], some(9, 8, 7)))).toEqual([9, 7])
  const all = { before: undefined, attachments: some(9), hasOlder: false }
  expect(idsOf(mergePages([all], some(9, 3)))).toEqual([9])
})

test('what was sent later comes first, whatever its number is', () => {
  const late = aView({ id: 1, sentAt: 50 })
  const early = aView({ id: 2, sentAt: 40 })
  expect(idsOf(mergePages([{ before: undefined, attachments: [late, early], hasOlder: false }], []))).toEqual([1, 2])
})

test('months are those of the calendar here', () => {
  const at = (year: number, month: number, day: number) => aView({ sentAt: new Date(year, month, day).getTime() })
  const months = groupByMonth([at(2026, 2, 1), at(2026, 1, 28), at(2026, 1, 1), at(2025, 1, 1)])
  expect(months.map(({ attachments }) => attachments.length)).toEqual([1, 2, 1])
  expect(months[1]?.startsAt).toBe(new Date(2026, 1, 1).getTime())
})

test.for([
  ['ArrowRight', false, 'next'],
  ['ArrowRight', true, 'previous'],
  ['ArrowLeft', true, 'next'],
  ['+', false, 'larger'],
  ['=', false, 'larger'],
  ['-', false, 'smaller'],
  ['0', false, 'fit'],
  ['s', false, undefined],
] as const)('the key %s, right to left: %s, does %s', ([key, isRightToLeft, act]) => {
  const event = { key, ctrlKey: false, metaKey: false, altKey: false, target: undefined }
  expect(viewerAct(event, isRightToLeft)).toBe(act)
})

test('Ctrl+S saves', () => {
  const event = { key: 's', ctrlKey: true, metaKey: false, altKey: false, target: undefined }
  expect(viewerAct(event, false)).toBe('save')
})
