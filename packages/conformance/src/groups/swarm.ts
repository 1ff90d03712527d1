import {
  drawUniform,
  MersenneTwister64,
  newSwarmId,
  parseSwarmOwner,
  rearrangeSwarms,
  SwarmRing,
  swarmSpace,
  toSwarmId,
  UNASSIGNED_SWARM,
  type SwarmLayout,
} from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups of `@sotto/protocol/swarm`. */
export const swarmRunners: readonly Runner[] = [
  { group: 'swarm_space', has: ['account', 'space', 'space_hex'], run: space },
  { group: 'swarm_for_account', has: ['swarms', 'account', 'swarm_id'], run: swarmForAccount },
  { group: 'prng', has: ['seed', 'first'], run: draws },
  { group: 'prng', has: ['seed', 'n', 'first'], run: uniformDraws },
  { group: 'new_swarm_id', has: ['existing', 'new_id'], run: newId },
  { group: 'swarm_membership', has: ['unassigned_key', 'seed', 'before', 'after'], run: membership },
]

function space(c: CaseReader): void {
  const place = swarmSpace(parseSwarmOwner(c.text('account')))
  c.expect('space', place)
  c.expect('space_hex', place.toString(16).padStart(16, '0'))
}

function swarmForAccount(c: CaseReader): void {
  const ring = new SwarmRing(c.texts('swarms').map(id => toSwarmId(BigInt(id))))
  c.expect('swarm_id', ring.swarmFor(parseSwarmOwner(c.text('account'))))
}

function draws(c: CaseReader): void {
  const random = new MersenneTwister64(c.bigint('seed'))
  c.expect(
    'first',
    c.texts('first').map(() => random.next()),
  )
}

function uniformDraws(c: CaseReader): void {
  const random = new MersenneTwister64(c.bigint('seed'))
  const choices = c.number('n')
  c.expect(
    'first',
    c.numbers('first').map(() => drawUniform(random, choices)),
  )
}

function newId(c: CaseReader): void {
  c.expect('new_id', newSwarmId(c.texts('existing').map(id => toSwarmId(BigInt(id)))))
}

/** Members stand in the order in which they joined, which is part of the answer. */
function membership(c: CaseReader): void {
  c.expect('unassigned_key', UNASSIGNED_SWARM)
  const after = rearrangeSwarms(layoutOf(c.object('before')), c.bigint('seed'))
  c.expect('after', Object.fromEntries([...after].map(([id, members]) => [String(id), members])))
}

function layoutOf(lists: CaseReader): SwarmLayout<string> {
  return new Map(lists.names().map(id => [swarmIdOf(id), lists.texts(id)]))
}

function swarmIdOf(text: string): ReturnType<typeof toSwarmId> {
  if (!/^\d+$/.test(text)) throw new ReadError(`${text} is no swarm id`)
  return toSwarmId(BigInt(text))
}
