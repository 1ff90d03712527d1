import { type SwarmOwner } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { wholeRing } from '../../../src/store/port/replica.ts'

import { complement, swarmRange } from '../../../src/swarm/replica/swarm-range.ts'
import { layoutOf, LocalSwarm } from '../local-swarm.ts'
import { ask, hashesAt, storeRequest, testUser } from '../requests.ts'

const half = 2n ** 63n
const hour = 3_600_000
const one = layoutOf([[1n, 6]])
const two = layoutOf([
  [1n, 3],
  [half, 3],
])

/** Messages of forty accounts, on all six nodes. */
async function filled(swarm: LocalSwarm): Promise<readonly SwarmOwner[]> {
  const owners = Array.from({ length: 40 }, (_, at) => testUser(at).owner)
  for (const [at, owner] of owners.entries()) {
    const reply = await ask(swarm, swarm.node(at % 6), storeRequest(owner, `for ${owner}`, swarm.clock.now()))
    expect(reply).toMatchObject({ status: 200 })
  }
  await swarm.pass(1_000)
  return owners
}

/** How many accounts of others each node has, and of its own. */
function kept(swarm: LocalSwarm, owners: readonly SwarmOwner[]) {
  const now = swarm.clock.now()
  return [0, 1, 2, 3, 4, 5].map(key => {
    const node = swarm.node(key)
    const has = owners.filter(owner => hashesAt(node, owner, now).length > 0)
    const isOwn = (owner: SwarmOwner): boolean =>
      swarm.directory.swarmOf(owner)?.members.some(({ ed25519 }) => ed25519 === node.identity.id) === true
    return { own: has.filter(isOwn).length, foreign: has.filter(owner => !isOwn(owner)).length }
  })
}

test('what others serve now is kept for an hour, and then nothing of it is left', async () => {
  await using swarm = await LocalSwarm.start(one, { swarmLimits: { pieceCount: 7 } })
  const owners = await filled(swarm)
  swarm.change(two)
  await swarm.pass(hour - 60_000, 2_000)
  const before = kept(swarm, owners)
  expect(before.every(({ foreign, own }) => own + foreign === 40)).toBe(true)
  await swarm.pass(hour / 2, 2_000)
  const after = kept(swarm, owners)
  expect(after).toEqual(before.map(({ own }) => ({ own, foreign: 0 })))
  expect(after[0]?.own).toBeGreaterThan(5)
  expect(after[5]?.own).toBeGreaterThan(5)
  await swarm.pass(60_000, 1_000)
  for (const node of swarm.nodes.values()) {
    expect((await node.store.statistics()).accounts).toBe(
      owners.filter(owner => hashesAt(node, owner, swarm.clock.now()).length > 0).length,
    )
    expect(node.failures).toEqual([])
  }
})

test('nothing is forgotten while a majority of those who serve it cannot say that they have it', async () => {
  await using swarm = await LocalSwarm.start(one)
  const owners = await filled(swarm)
  for (const key of [4, 5]) swarm.node(key).mood = 'down'
  swarm.change(two)
  await swarm.pass(2 * hour, 2_000)
  const down = kept(swarm, owners)
  // One of three is no majority; the other way round all three are there.
  expect(down.slice(0, 3).every(({ own, foreign }) => own + foreign === 40)).toBe(true)
  expect(down[3]?.foreign).toBe(0)
  for (const key of [4, 5]) swarm.node(key).mood = 'well'
  await swarm.pass(hour / 2, 2_000)
  expect(kept(swarm, owners).map(({ foreign }) => foreign)).toEqual([0, 0, 0, 0, 0, 0])
})

test('whoever serves it is brought what it misses before it is forgotten', async () => {
  await using swarm = await LocalSwarm.start(one)
  const owners = await filled(swarm)
  swarm.change(two)
  await swarm.pass(60_000, 1_000)
  for (const key of [3, 4, 5]) {
    for (const owner of owners) {
      const node = swarm.node(key)
      await node.store.forget(owner, hashesAt(node, owner, swarm.clock.now()) as never, true)
    }
    swarm.node(key).mood = 'down'
  }
  await swarm.pass(hour, 2_000)
  for (const key of [3, 4, 5]) swarm.node(key).mood = 'well'
  await swarm.pass(hour / 2, 2_000)
  const now = swarm.clock.now()
  const theirs = owners.filter(owner => swarm.directory.swarmOf(owner)?.swarmId === half)
  expect(theirs.length).toBeGreaterThan(5)
  for (const owner of theirs) {
    for (const key of [3, 4, 5]) expect(hashesAt(swarm.node(key), owner, now)).toHaveLength(1)
    for (const key of [0, 1, 2]) expect(hashesAt(swarm.node(key), owner, now)).toEqual([])
  }
})

test('the rest of the ring', () => {
  expect(complement(wholeRing)).toBeUndefined()
  const ids = [1n, half] as never as Parameters<typeof swarmRange>[0]
  const [first, second] = ids.map(id => swarmRange(ids, id))
  expect(first && complement(first)).toEqual(second)
  expect(second && complement(second)).toEqual(first)
})
