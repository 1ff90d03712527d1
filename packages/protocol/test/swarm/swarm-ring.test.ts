import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  parseSwarmOwner,
  type SwarmId,
  SwarmRing,
  swarmSpace,
  toSwarmId,
  UNASSIGNED_SWARM,
} from '../../src/swarm/index.ts'

const anySpace = fc.bigInt({ min: 0n, max: UNASSIGNED_SWARM })
const anyIds = fc.array(anySpace.map(toSwarmId), { maxLength: 20 })

test.for(network.swarm_space)('place of $account', ({ account, space, space_hex }) => {
  expect(swarmSpace(parseSwarmOwner(account))).toBe(BigInt(space))
  expect(swarmSpace(parseSwarmOwner(account))).toBe(BigInt(`0x${space_hex}`))
})

test.for(network.swarm_for_account)('swarm $swarm_id for $account', ({ swarms, account, swarm_id }) => {
  const ring = new SwarmRing(swarms.map(id => toSwarmId(BigInt(id))))
  expect(ring.swarmFor(parseSwarmOwner(account))).toBe(BigInt(swarm_id))
})

test('without swarms there is none to serve anybody', () => {
  expect(new SwarmRing([]).nearest(1n)).toBeUndefined()
  expect(new SwarmRing([UNASSIGNED_SWARM]).nearest(1n)).toBeUndefined()
})

test('ids are sorted, each once, without the mark of nodes in no swarm', () => {
  expect(new SwarmRing([9n, 3n, 9n, UNASSIGNED_SWARM].map(toSwarmId)).ids).toEqual([3n, 9n])
})

test('finds the nearest swarm, and of two that are as near the left one', () => {
  fc.assert(
    fc.property(anyIds, anySpace, (ids, space) => {
      const ring = new SwarmRing(ids)
      const nearest = ring.ids.filter(id => ring.ids.every(other => distance(other, space) >= distance(id, space)))
      const left = nearest.find(id => BigInt.asUintN(64, space - id) === distance(id, space))
      expect(ring.nearest(space)).toBe(left ?? nearest[0])
    }),
  )
})

function distance(id: SwarmId, space: bigint): bigint {
  const right = BigInt.asUintN(64, id - space)
  const left = BigInt.asUintN(64, space - id)
  return right < left ? right : left
}
