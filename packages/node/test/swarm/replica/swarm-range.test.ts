import { SwarmRing, toSwarmId } from '@sotto/protocol/swarm'
import { assert, bigInt, constantFrom, oneof, property, uniqueArray, integer } from 'fast-check'
import { expect, test } from 'vitest'
import { type SpaceRange } from '../../../src/store/port/replica.ts'
import { overlap, splitRange, swarmRange } from '../../../src/swarm/replica/swarm-range.ts'

const last = 2n ** 64n - 1n
const anyPlace = oneof(bigInt(0n, last), constantFrom(0n, 1n, last, last - 1n, 2n ** 63n))
const anyIds = uniqueArray(
  oneof(bigInt(0n, last - 1n), bigInt(0n, 20n), bigInt(last - 20n, last - 1n)).map(toSwarmId),
  { minLength: 1, maxLength: 6 },
)

function isIn(place: bigint, { from, to }: SpaceRange): boolean {
  return from <= to ? from <= place && place <= to : place >= from || place <= to
}

test('a place is in the range of the swarm that serves it, and in no other', () => {
  assert(
    property(anyIds, anyPlace, (ids, place) => {
      const ring = new SwarmRing(ids)
      const serving = ring.ids.filter(id => isIn(place, swarmRange(ring.ids, id)))
      expect(serving).toEqual([ring.nearest(place)])
    }),
    { numRuns: 2_000 },
  )
})

test('the middle between two swarms belongs to the left one', () => {
  const ids = [toSwarmId(100n), toSwarmId(200n)]
  expect(swarmRange(ids, toSwarmId(100n)).to).toBe(150n)
  expect(swarmRange(ids, toSwarmId(200n)).from).toBe(151n)
})

test('parts of a range cover it, each place once', () => {
  assert(
    property(anyPlace, anyPlace, anyPlace, integer({ min: 1, max: 16 }), (from, to, place, count) => {
      const parts = splitRange({ from, to }, count)
      expect(parts.length).toBeLessThanOrEqual(count)
      expect(parts.filter(part => isIn(place, part))).toHaveLength(isIn(place, { from, to }) ? 1 : 0)
    }),
  )
})

test('ranges overlap if a place is in both', () => {
  assert(
    property(anyPlace, anyPlace, anyPlace, anyPlace, (a, b, c, d) => {
      const [one, other] = [
        { from: a, to: b },
        { from: c, to: d },
      ]
      const common = [a, b, c, d].some(place => isIn(place, one) && isIn(place, other))
      expect(overlap(one, other)).toBe(common)
      expect(overlap(other, one)).toBe(common)
    }),
  )
})
