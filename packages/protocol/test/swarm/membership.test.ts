import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  drawUniform,
  MersenneTwister64,
  newSwarmId,
  parseNodeId,
  rearrangeSwarms,
  recomputeSwarms,
  type SwarmId,
  type SwarmLayout,
  toSwarmId,
  UNASSIGNED_SWARM,
} from '../../src/swarm/index.ts'
import { codeOf } from '../coded.ts'

test.for(network.prng)('$what', ({ seed, n, first }) => {
  const random = new MersenneTwister64(BigInt(seed))
  expect(first.map(() => (n === undefined ? String(random.next()) : drawUniform(random, n)))).toEqual(first)
})

test('the ten thousandth draw of the standard seed', () => {
  const random = new MersenneTwister64(5489n)
  for (let draw = 1; draw < 10_000; draw++) random.next()
  expect(random.next()).toBe(9981545732273789042n)
})

test('draws lie below the count, and nothing is no count', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: UNASSIGNED_SWARM }), fc.integer({ min: 1 }), (seed, count) => {
      expect(drawUniform(new MersenneTwister64(seed), count)).toBeLessThan(count)
    }),
  )
  for (const count of [0, -1, 0.5, Number.NaN, Infinity]) {
    expect(codeOf(() => drawUniform(new MersenneTwister64(1n), count))).toBe('swarm.bad-draw')
  }
})

test.for(network.new_swarm_id)('new swarm beside $existing', ({ existing, new_id }) => {
  expect(newSwarmId(existing.map(id => toSwarmId(BigInt(id))))).toBe(BigInt(new_id))
})

test('the first swarms in the order in which they are made', () => {
  const ids: SwarmId[] = []
  while (ids.length < 5) ids.push(newSwarmId(ids.toSorted((a, b) => (a < b ? -1 : 1))))
  expect(ids).toEqual([0n, 9223372036854775807n, 13835058055282163711n, 4611686018427387903n, 6917529027641081855n])
})

test.for(network.swarm_membership)('$what', ({ before, after, seed, unassigned_key }) => {
  expect(BigInt(unassigned_key)).toBe(UNASSIGNED_SWARM)
  expect(rearrangeSwarms(layoutOf(before), BigInt(seed))).toEqual(layoutOf(after))
})

test('forty newcomers at once, then three more', () => {
  const forty = rearrangeSwarms(newcomers(0, 40), 1n)
  expect(forty).toEqual(
    layoutOf({
      0: names('010,012,016,018,024,035,039'),
      '4611686018427387903': names('000,026,021,020,032,033,036,037'),
      '6917529027641081855': names('023,009,027,001,017,014,008,038'),
      '9223372036854775807': names('005,004,007,002,019,025,028,030,034'),
      '13835058055282163711': names('011,003,006,015,013,022,029,031'),
    }),
  )
  expect(rearrangeSwarms(new Map([...forty, ...newcomers(40, 43)]), 0xdeadbeefcafef00dn)).toEqual(
    layoutOf({
      0: names('010,012,016,018,024,035'),
      '4611686018427387903': names('000,026,021,020,033,037,042'),
      '6917529027641081855': names('009,027,017,014,008,038,040'),
      '9223372036854775807': names('005,004,007,002,019,025,028,030,034'),
      '11529215046068469759': names('023,036,039,001,032,041,006'),
      '13835058055282163711': names('011,003,015,013,022,029,031'),
    }),
  )
})

test('three hundred nodes one at a time make 42 swarms', () => {
  let layout: SwarmLayout<string> = new Map()
  for (let at = 0; at < 300; at++) {
    layout = rearrangeSwarms(new Map([...layout, ...newcomers(at, at + 1)]), BigInt(1000 + at))
  }
  expect(layout.size).toBe(42)
  expect([...layout.values()].flat().toSorted()).toEqual([...newcomers(0, 300).values()].flat())
})

test('nodes are neither lost nor doubled, and a lone poor swarm is kept', () => {
  const sizes = fc.array(fc.nat({ max: 20 }), { maxLength: 6 })
  fc.assert(
    fc.property(sizes, fc.nat({ max: 30 }), fc.bigInt({ min: 0n, max: UNASSIGNED_SWARM }), (sizes, fresh, seed) => {
      let next = 0
      const nodes = (count: number): number[] => Array.from({ length: count }, () => next++)
      const before = new Map(sizes.map((size, at) => [toSwarmId(BigInt(at) * 1000n), nodes(size)]))
      before.set(UNASSIGNED_SWARM, nodes(fresh))
      const after = rearrangeSwarms(before, seed)
      expect([...after.values()].flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: next }, (_, at) => at))
      expect([...after.keys()]).toEqual([...after.keys()].toSorted((a, b) => (a < b ? -1 : 1)))
      const poor = [...after.values()].filter(members => members.length < 5)
      expect(poor.length === 0 || after.size === 1).toBe(true)
    }),
  )
})

test('with ids for names, the order in which they are given does not matter', () => {
  const ids = Array.from({ length: 40 }, (_, at) => parseNodeId(at.toString(16).padStart(64, '0')))
  const given = (list: typeof ids): Map<(typeof ids)[number], SwarmId> =>
    new Map(list.map(id => [id, UNASSIGNED_SWARM]))
  const swarms = recomputeSwarms(given(ids), 7n)
  expect(swarms.size).toBe(40)
  expect(recomputeSwarms(given(ids.toReversed()), 7n)).toEqual(swarms)
  expect(recomputeSwarms(swarms, 8n)).toEqual(swarms)
})

function newcomers(from: number, to: number): SwarmLayout<string> {
  const count = { length: to - from }
  return new Map([[UNASSIGNED_SWARM, Array.from(count, (_, at) => `n${String(from + at).padStart(3, '0')}`)]])
}

function names(list: string): string[] {
  return list.split(',').map(name => `n${name}`)
}

function layoutOf(lists: Readonly<Record<string, readonly string[] | undefined>>): SwarmLayout<string> {
  const entries = Object.entries(lists).toSorted(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1))
  return new Map(entries.map(([id, members]) => [toSwarmId(BigInt(id)), members ?? []]))
}
