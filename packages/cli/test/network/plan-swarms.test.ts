import { expect, test } from 'vitest'
import fc from 'fast-check'
import { planSwarms } from '../../src/network/plan-swarms.ts'

function sizes(nodes: number, swarms: number): readonly number[] {
  return [...Map.groupBy(planSwarms(nodes, swarms), id => id).values()].map(({ length }) => length)
}

test.for([
  [12, 2, [7, 5]],
  [1, 1, [1]],
  [4, 2, [2, 2]],
  [10, 2, [5, 5]],
  [20, 3, [7, 7, 6]],
  [30, 2, [15, 15]],
  [14, 2, [7, 7]],
] as const)('%i nodes in %i swarms', ([nodes, swarms, expected]) => {
  expect(sizes(nodes, swarms)).toEqual(expected)
})

test('two swarms are 2^63 apart', () => {
  expect([...new Set(planSwarms(12, 2))]).toEqual([0n, 2n ** 63n])
})

test('every node has a swarm, and every swarm a node', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (nodes, swarms) => {
      fc.pre(swarms <= nodes)
      const counts = sizes(nodes, swarms)
      expect(counts.reduce((sum, count) => sum + count)).toBe(nodes)
      expect(counts.length).toBe(swarms)
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.min(5, Math.floor(nodes / swarms)))
    }),
  )
})

test.for([
  [0, 1],
  [201, 2],
  [3, 4],
  [3, 0],
  [2.5, 1],
  [Number.NaN, 1],
] as const)('no network of %d nodes in %d swarms', ([nodes, swarms]) => {
  expect(() => planSwarms(nodes, swarms)).toThrow(expect.objectContaining({ code: 'network.bad-shape' }))
})
