import { SottoError } from '@sotto/protocol/error'
import { expect, test } from 'vitest'
import { formatFile, formatTotals, LayoutError, runFile, totalsOf, type Entry, type Json } from '../src/index.ts'

class MadeUpError extends SottoError<'made-up.odd'> {
  override readonly name = 'MadeUpError'
  get sentence(): string {
    return 'The length is odd.'
  }
}

function double(size: number): number {
  if (size % 2 !== 0) throw new MadeUpError('made-up.odd', { size })
  return size * 2
}

const doubling: Entry = {
  group: 'doubling',
  has: ['size', 'doubled'],
  run: c => c.expectResult('doubled', () => double(c.number('size'))),
}

const sums: Entry = {
  group: 'sums',
  has: ['base', 'add'],
  run: c => c.expect('sum', c.number('base') + c.number('add')),
}

const drawing: Entry = {
  group: 'drawing',
  has: ['random'],
  run: c => {
    const draw = c.random('random')
    for (const size of c.numbers('sizes')) draw(size)
  },
}

const mean: Entry = { group: 'mean', has: ['samples'], refused: 'ours is a median' }

const name = 'made-up'
const entries: readonly Entry[] = [doubling, sums, drawing, mean]

function problems(file: Json): readonly string[] {
  const { groups } = runFile(file, { name, entries })
  return groups.flatMap(group => group.failures.flatMap(failure => failure.problems))
}

function passed(file: Json): number {
  return totalsOf([runFile(file, { name, entries })]).passed
}

test('cases stand in a list, alone, by name, or in several lists with shared members', () => {
  const one = { what: 'a case', size: 2, doubled: 4 }
  expect(passed({ doubling: [one, one] })).toBe(2)
  expect(passed({ doubling: one })).toBe(1)
  expect(passed({ doubling: { what: 'a group', first: one, second: one } })).toBe(2)
  const group = { base: 1, cases: [{ add: 2, sum: 3 }], more: [{ add: 3, sum: 4 }], alone: { add: 4, sum: 5 } }
  expect(problems({ sums: group })).toEqual([])
  expect(passed({ sums: group })).toBe(3)
})

test('vectors with ids are grouped by the id up to its first dot', () => {
  const file = {
    format: 'any',
    note: 'any',
    vectors: [
      { id: 'doubling.two', what: 'two', source: 'here', size: 2, doubled: 4 },
      { id: 'doubling.three', what: 'three', source: 'here', size: 3, doubled: 6 },
      { id: 'sums.one', what: 'one', source: 'here', base: 1, add: 1, sum: 2 },
    ],
  }
  const { groups } = runFile(file, { name, entries })
  expect(groups.map(group => [group.name, group.passed, group.failures.map(failure => failure.place)])).toEqual([
    ['doubling', 1, ['doubling.three']],
    ['sums', 1, []],
  ])
})

test('outside such files an id is data', () => {
  expect(problems({ doubling: [{ id: 'x', size: 2, doubled: 4 }] })).toEqual(['id: was neither used nor compared'])
})

test('headers are no groups, and neither are scalars at the top', () => {
  const file = { meta: { a: 1 }, about: { b: 2 }, what: 'x', note: 'x', version: 3, doubling: { size: 2, doubled: 4 } }
  expect(runFile(file, { name, entries }).groups.map(group => group.name)).toEqual(['doubling'])
})

test('wrong values fail with both', () => {
  expect(problems({ doubling: [{ size: 2, doubled: 5 }] })).toEqual(['doubled: expected 5, got 4'])
})

test('a member that nobody used fails, wherever it stands', () => {
  const extra = { size: 2, doubled: 4, extra: null }
  expect(problems({ doubling: [extra] })).toEqual(['extra: was neither used nor compared'])
  const file = { sums: { base: 1, key: 'aa', cases: [{ add: 2, sum: 3 }] } }
  expect(problems(file)).toEqual(['key: was neither used nor compared'])
  expect(totalsOf([runFile(file, { name, entries })])).toEqual({ passed: 1, failed: 1, unknown: [] })
})

test('an error mark demands an error of ours', () => {
  const mark = { error: true }
  expect(problems({ doubling: [{ size: 3, doubled: mark }] })).toEqual([])
  const accepted = problems({ doubling: [{ size: 2, doubled: mark }] })
  expect(accepted).toEqual(['doubled: was accepted, although it must be refused'])
})

test('an error that is not ours does not satisfy an error mark', () => {
  const broken: Entry = {
    ...doubling,
    run: c =>
      c.expectResult('doubled', () => {
        throw new RangeError(`${c.number('size')}`)
      }),
  }
  const { groups } = runFile({ doubling: [{ size: 3, doubled: { error: true } }] }, { name, entries: [broken] })
  expect(groups[0]?.failures[0]?.problems).toEqual(['doubled: threw RangeError: 3 instead of an error of ours'])
})

test('an error nobody expects fails the case', () => {
  expect(problems({ doubling: [{ size: 3, doubled: 6 }] })).toEqual(['MadeUpError: made-up.odd {"size":3}'])
  expect(problems({ doubling: [{ size: '3', doubled: 6 }] })).toEqual(['ReadError: size: is not a number'])
})

test('recorded draws are replayed in order, each of its size, all of them', () => {
  expect(problems({ drawing: [{ random: ['aabb', 'cc'], sizes: [2, 1] }] })).toEqual([])
  expect(problems({ drawing: [{ random: ['aabb', 'cc'], sizes: [2] }] })).toEqual([
    'random: 1 recorded draws were not asked for',
  ])
  expect(problems({ drawing: [{ random: ['aabb'], sizes: [1] }] })).toEqual([
    'Error: draw 1 asks for 1 bytes where 2 are recorded',
    'random: 1 recorded draws were not asked for',
  ])
  expect(problems({ drawing: [{ random: ['aabb'], sizes: [2, 2] }] })).toEqual([
    'Error: draw 2 of 2 bytes: only 1 are recorded',
  ])
})

test('a name that nobody knows, or of another shape, is unknown', () => {
  const file = { doubling: [{ length: 2 }], other: [{ size: 2, doubled: 4 }], constructor: [{}] }
  const unknown = ['made-up.doubling', 'made-up.other', 'made-up.constructor']
  expect(totalsOf([runFile(file, { name, entries })])).toEqual({ passed: 0, failed: 0, unknown })
})

test('a stray case in a group that is known is unknown on its own', () => {
  const result = runFile({ doubling: [{ size: 2, doubled: 4 }, { length: 2 }, 7] }, { name, entries })
  const unknown = ['made-up.doubling[1]', 'made-up.doubling[2]']
  expect(totalsOf([result])).toEqual({ passed: 1, failed: 0, unknown })
  expect(formatFile(result)).toEqual(['made-up.doubling  1 passed, 2 unknown'])
})

test('a group without cases is known by its name', () => {
  expect(totalsOf([runFile({ doubling: [] }, { name, entries })])).toEqual({ passed: 0, failed: 0, unknown: [] })
})

test('of two shapes that fit, the one that names more members runs the case', () => {
  const negated: Entry = {
    group: 'doubling',
    has: ['size', 'doubled', 'negated'],
    run: c => {
      c.expect('doubled', 2 * c.number('size'))
      c.expect('negated', -c.number('size'))
    },
  }
  const file = {
    doubling: [
      { size: 2, doubled: 4 },
      { size: 2, doubled: 4, negated: -2 },
    ],
  }
  for (const both of [
    [doubling, negated],
    [negated, doubling],
  ]) {
    expect(totalsOf([runFile(file, { name, entries: both })])).toEqual({ passed: 2, failed: 0, unknown: [] })
  }
})

test('what is refused by design neither passes nor fails', () => {
  const result = runFile({ mean: { cases: [{ samples: [] }, { samples: [1] }] } }, { name, entries })
  expect(totalsOf([result])).toEqual({ passed: 0, failed: 0, unknown: [] })
  expect(formatFile(result)).toEqual(['made-up.mean  2 refused by design: ours is a median'])
})

test('the output names groups, failed cases, unknown groups and the sum', () => {
  const file = {
    doubling: [
      { size: 2, doubled: 4 },
      { what: 'a wrong one', size: 4, doubled: 9 },
    ],
    other: [],
  }
  const result = runFile(file, { name, entries })
  expect([...formatFile(result), ...formatTotals([result])]).toEqual([
    'made-up.doubling  1 passed, 1 failed',
    '  doubling[1]  (a wrong one)',
    '    doubled: expected 9, got 8',
    'made-up.other  unknown',
    'unknown groups: made-up.other',
    '1 passed, 1 failed',
  ])
})

test('what is no object of groups is refused', () => {
  expect(() => runFile([], { name })).toThrow(LayoutError)
  expect(() => runFile(null, { name })).toThrow(LayoutError)
})
