import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  parseSwarmOwner,
  type SwarmId,
  SwarmRing,
  swarmSpace,
  toSwarmId,
  unassignedSwarm,
} from '../../src/swarm/index.ts'

const anySpace = fc.bigInt({ min: 0n, max: unassignedSwarm })
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
  expect(new SwarmRing([unassignedSwarm]).nearest(1n)).toBeUndefined()
})

test('ids are sorted, each once, without the mark of nodes in no swarm', () => {
  expect(new SwarmRing([9n, 3n, 9n, unassignedSwarm].map(toSwarmId)).ids).toEqual([3n, 9n])
})

test('no swarm is nearer than the one that is found, and only the left one may be as near', () => {
  fc.assert(
    fc.property(anyIds, anySpace, (ids, space) => {
      const ring = new SwarmRing(ids)
      const found = ring.nearest(space)
      if (found === undefined) return void expect(ring.ids).toHaveLength(0)
      for (const id of ring.ids) expect(distance(id, space) >= distance(found, space)).toBe(true)
      const other = ring.ids.find(id => id !== found && distance(id, space) === distance(found, space))
      if (other !== undefined) expect(found).toBe(BigInt.asUintN(64, space - distance(found, space)))
    }),
  )
})

function distance(id: SwarmId, space: bigint): bigint {
  const right = BigInt.asUintN(64, id - space)
  const left = BigInt.asUintN(64, space - id)
  return right < left ? right : left
}
