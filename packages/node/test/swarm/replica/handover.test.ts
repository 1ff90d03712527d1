import { type SwarmOwner, toSwarmId } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { handoversAfter, turnAmong } from '../../../src/swarm/replica/handover-job.ts'
import { type Layout, layoutOf, listOf, LocalSwarm, nodeKeys } from '../local-swarm.ts'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { ask, hashesAt, storeRequest, testUser } from '../requests.ts'

const half = 2n ** 63n

function moved(layout: Layout, ...moves: readonly (readonly [key: number, swarm: bigint])[]): Layout {
  return new Map([...layout, ...moves.map(([key, swarm]) => [key, toSwarmId(swarm)] as const)])
}

function idOf(key: number) {
  return nodeIdentityOf(nodeKeys(key)).id
}

async function fill(swarm: LocalSwarm, count: number, length = 0): Promise<readonly SwarmOwner[]> {
  const owners = Array.from({ length: count }, (_, at) => testUser(at).owner)
  for (const owner of owners) {
    const id = swarm.directory.swarmOf(owner)?.members[0]?.ed25519
    const node = id === undefined ? undefined : swarm.nodes.get(id)
    if (node === undefined) throw new Error('nobody serves the account')
    expect(await ask(swarm, node, storeRequest(owner, `for ${owner}`.padEnd(length), swarm.clock.now()))).toMatchObject(
      {
        status: 200,
      },
    )
  }
  await swarm.pass(1_000)
  return owners
}

/** Every account's message lies on every node that serves it. */
function expectComplete(swarm: LocalSwarm, owners: readonly SwarmOwner[]): void {
  for (const owner of owners) {
    for (const { ed25519 } of swarm.directory.swarmOf(owner)?.members ?? []) {
      const node = swarm.nodes.get(ed25519)
      if (node !== undefined) expect(hashesAt(node, owner, swarm.clock.now())).toHaveLength(1)
    }
  }
  expect([...swarm.nodes.values()].flatMap(({ failures }) => failures)).toEqual([])
}

test('a node that joins gets everything', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 4]]))
  const owners = await fill(swarm, 30)
  swarm.change(layoutOf([[1n, 5]]))
  swarm.add(4)
  await swarm.pass(30_000, 100)
  expectComplete(swarm, owners)
  expect(swarm.node(4).service.isComplete).toBe(true)
})

test('a new swarm gets what it serves from now on', async () => {
  const before = layoutOf([[1n, 8]])
  await using swarm = await LocalSwarm.start(before)
  const owners = await fill(swarm, 30)
  swarm.change(moved(before, [4, half], [5, half], [6, half], [7, half]))
  await swarm.pass(30_000, 100)
  expectComplete(swarm, owners)
})

test('when a swarm is dissolved, its messages go to those who serve them now', async () => {
  const before = layoutOf([
    [1n, 3],
    [half, 3],
  ])
  await using swarm = await LocalSwarm.start(before)
  const owners = await fill(swarm, 30)
  swarm.change(moved(before, [3, 1n], [4, 1n], [5, 1n]))
  await swarm.pass(30_000, 100)
  expectComplete(swarm, owners)
})

test('a copy that is broken off by restarts on both sides is finished', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 1]]))
  const options = { path: swarm.path(0), swarmLimits: { pieceCount: 5 } }
  swarm.add(0, options)
  await swarm.pass(200)
  const owners = await fill(swarm, 40)
  // Both swarms have one node: only the copy can bring the messages over, no comparison.
  swarm.change(
    layoutOf([
      [1n, 1],
      [half, 1],
    ]),
  )
  const first = swarm.add(1, { path: swarm.path(1) })
  await swarm.clock.advance(20)
  first.mood = 'down'
  await swarm.pass(3_000)
  await swarm.stop(0)
  await swarm.crash(1)
  swarm.add(0, options)
  await swarm.pass(5_000)
  swarm.add(1, { path: swarm.path(1) })
  await swarm.pass(60_000, 200)
  expectComplete(swarm, owners)
  expect(swarm.node(0).store.cursor(swarm.node(1).identity.id)).toBeUndefined()
})

test('messages that the other side has are not sent again', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 4]]))
  await fill(swarm, 30, 10_000)
  swarm.change(layoutOf([[1n, 5]]))
  swarm.add(4)
  swarm.sent.length = 0
  await swarm.pass(30_000, 100)
  const bytes = swarm.sent.reduce((sum, { frame }) => sum + frame.length, 0)
  // Four members would bring 1,200,000 bytes if they did not ask first.
  expect(bytes).toBeLessThan(400_000)
})

test('givers take turns, each first for some receivers', () => {
  const members = [0, 1, 2, 3].map(idOf)
  const firsts = new Set<string>()
  for (let key = 10; key < 40; key++) {
    const turns = members.map(own => turnAmong(members, own, idOf(key)))
    expect(new Set(turns)).toEqual(new Set([0, 1, 2, 3]))
    firsts.add(members[turns.indexOf(0)] ?? '')
  }
  expect(firsts.size).toBe(4)
  expect(turnAmong(members, idOf(0), idOf(1))).toBeLessThan(3)
  expect(turnAmong([], idOf(0), idOf(1))).toBe(0)
})

test('who gives copies to whom', () => {
  const change = (before: Layout, after: Layout, own: number): readonly string[] =>
    [...handoversAfter({ before: listOf(before), after: listOf(after) }, idOf(own)).keys()].toSorted()
  const two = layoutOf([
    [1n, 3],
    [half, 3],
  ])
  const ids = (...keys: readonly number[]): readonly string[] => keys.map(idOf).toSorted()
  // Nothing has changed.
  expect(change(two, two, 0)).toEqual([])
  // A node joined this swarm, or the other one.
  expect(change(two, moved(two, [6, 1n]), 0)).toEqual(ids(6))
  expect(change(two, moved(two, [6, half]), 0)).toEqual([])
  // This node has moved and its swarm lives: the others there see to it.
  expect(change(two, moved(two, [0, half]), 0)).toEqual([])
  expect(change(two, moved(two, [0, half]), 3)).toEqual(ids(0))
  // Its swarm is gone: everybody who serves its accounts now.
  expect(change(two, moved(two, [0, half], [1, half], [2, half]), 0)).toEqual(ids(1, 2, 3, 4, 5))
  // Just started, or in no swarm before.
  expect(change(layoutOf([[half, 3]]), two, 5)).toEqual([])
})
