import { hashMessage, type MessageHash, signRequest, toNamespace } from '@sotto/protocol/storage'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { wholeRing } from '../../../src/store/port/replica.ts'
import { layoutOf, LocalSwarm, type TestNode } from '../local-swarm.ts'
import { ask, hashesAt, privateStore, randomUser, storeRequest, testGroup, testUser } from '../requests.ts'

const five = layoutOf([[1n, 5]])
const hour = 3_600_000

async function digestsOf(swarm: LocalSwarm): Promise<Set<string>> {
  const digests = await Promise.all(
    Array.from(swarm.nodes.values(), ({ store }) => store.digest(wholeRing, swarm.clock.now())),
  )
  return new Set(digests.map(({ digest, messages }) => `${messages} ${digest.join()}`))
}

function failuresOf(swarm: LocalSwarm): readonly unknown[] {
  return [...swarm.nodes.values()].flatMap(({ failures }) => failures)
}

/** Stores messages of many accounts on one node only, as if nobody else had ever heard of them. */
async function fill(node: TestNode, swarm: LocalSwarm, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const now = swarm.clock.now()
  for (let number = 0; number < count; number++) {
    const { params } = storeRequest(randomUser(random).owner, `message ${seed} ${number}`, now)
    const { authority: _, sigTimestamp: __, ...message } = params

    const hash = hashMessage(message.owner, message.namespace, message.data)
    await node.store.store({ message: { ...message, hash }, now })
  }
}

test('members that hold different messages hold the same ones within minutes', async () => {
  await using swarm = await LocalSwarm.start(five, { swarmLimits: { leafMessages: 8 } })
  for (const [at, node] of [...swarm.nodes.values()].entries()) await fill(node, swarm, 40, at)
  expect((await digestsOf(swarm)).size).toBe(5)
  await swarm.pass(400_000, 250)
  const digests = await digestsOf(swarm)
  expect(digests.size).toBe(1)
  expect([...digests][0]).toMatch(/^200 /)
  expect(failuresOf(swarm)).toEqual([])
})

test('members that agree exchange little', async () => {
  await using swarm = await LocalSwarm.start(five)
  const [first] = swarm.nodes.values()
  if (first !== undefined) await fill(first, swarm, 100, 1)
  await swarm.pass(400_000, 250)
  swarm.sent.length = 0
  await swarm.pass(400_000, 250)
  expect(swarm.sent.length).toBeGreaterThanOrEqual(20)
  expect(Math.max(...swarm.sent.map(({ frame }) => frame.length))).toBeLessThan(300)
})

test('a member that was away learns of messages at once when it is back, and of revocations', async () => {
  await using swarm = await LocalSwarm.start(five)
  const group = testGroup(1)
  swarm.node(2).mood = 'down'
  for (let at = 0; at < 20; at++) {
    await ask(swarm, swarm.node(at % 2), storeRequest(testUser(at).owner, 'hello', swarm.clock.now()))
  }
  const token = new Uint8Array(36).fill(3) as never
  const params = { owner: group.owner, tokens: [token], timestamp: swarm.clock.now() }
  expect(await ask(swarm, swarm.node(0), signRequest('revoke_subaccount', params, group.signer))).toMatchObject({
    status: 200,
  })
  await swarm.pass(hour, 2_000)
  swarm.node(2).mood = 'well'
  await swarm.pass(60_000, 200)
  expect((await digestsOf(swarm)).size).toBe(1)
  expect(swarm.node(2).store.isRevoked(group.owner, token)).toBe(true)
  expect(failuresOf(swarm)).toEqual([])
})

test('what was on its way when a node crashed reaches the others after its restart', async () => {
  await using swarm = new LocalSwarm(five)
  const path = swarm.path(0)
  swarm.add(0, { path })
  for (const key of [1, 2, 3, 4]) swarm.add(key)
  await swarm.pass(200)
  for (const key of [1, 2, 3, 4]) swarm.node(key).mood = 'down'
  const user = testUser(1)
  const reply = await ask(swarm, swarm.node(0), storeRequest(user.owner, 'hello', swarm.clock.now()))
  expect(reply).toMatchObject({ status: 200 })
  await swarm.crash(0)
  for (const key of [1, 2, 3, 4]) swarm.node(key).mood = 'well'
  await swarm.pass(1_000)
  const again = swarm.add(0, { path })
  await swarm.pass(40_000, 200)
  for (const node of swarm.nodes.values()) expect(hashesAt(node, user.owner, swarm.clock.now())).toHaveLength(1)
  expect(again.store.queueLengths()).toEqual([])
})

test('a deleted message does not come back from a member that missed the deletion', async () => {
  await using swarm = await LocalSwarm.start(five)
  const user = testUser(1)
  const namespace = toNamespace(2)
  await ask(swarm, swarm.node(0), privateStore(user, 'hello', swarm.clock.now()))
  await swarm.pass(1_000)
  const hashes = hashesAt(swarm.node(0), user.owner, swarm.clock.now(), namespace) as readonly MessageHash[]
  swarm.node(4).mood = 'down'
  const deletion = signRequest(
    'delete_all',
    { owner: user.owner, namespace: 'all', timestamp: swarm.clock.now() },
    user.signer,
  )
  await ask(swarm, swarm.node(0), deletion)
  await swarm.pass(1_000)
  swarm.node(4).mood = 'well'
  // The queue is lost: only the marks of the others are left to tell.
  for (const key of [0, 1, 2, 3]) await swarm.node(key).store.dropPeer(swarm.node(4).identity.id)
  expect(hashesAt(swarm.node(4), user.owner, swarm.clock.now(), namespace)).toEqual(hashes)
  await swarm.pass(1_200_000, 1_000)
  for (const node of swarm.nodes.values()) {
    expect(hashesAt(node, user.owner, swarm.clock.now(), namespace)).toEqual([])
  }
})

test('a member that missed a deletion and that its message was stored again has it in the end', async () => {
  await using swarm = await LocalSwarm.start(five)
  const user = testUser(1)
  const namespace = toNamespace(2)
  const store = async (key: number): Promise<void> => {
    await ask(swarm, swarm.node(key), privateStore(user, 'hello', swarm.clock.now()))
    await swarm.pass(1_000)
  }
  await store(0)
  const hashes = hashesAt(swarm.node(0), user.owner, swarm.clock.now(), namespace) as readonly MessageHash[]
  swarm.node(4).mood = 'down'
  const deletion = signRequest('delete', { owner: user.owner, messages: hashes, required: false }, user.signer)
  await ask(swarm, swarm.node(0), deletion)
  await swarm.pass(1_000)
  await store(1)
  await swarm.pass(10_000, 200)
  swarm.node(4).mood = 'well'
  await swarm.pass(400_000, 250)
  for (const node of swarm.nodes.values()) {
    expect(hashesAt(node, user.owner, swarm.clock.now(), namespace)).toEqual(hashes)
  }
  expect((await digestsOf(swarm)).size).toBe(1)
})

test('a member that missed that a message was shortened, or prolonged, agrees with the others in the end', async () => {
  await using swarm = await LocalSwarm.start(five)
  const user = testUser(1)
  const namespace = toNamespace(2)
  for (const text of ['shortened', 'prolonged', 'stored again']) {
    await ask(swarm, swarm.node(0), privateStore(user, text, swarm.clock.now()))
  }
  await swarm.pass(1_000)
  const now = swarm.clock.now()
  const [one, other] = hashesAt(swarm.node(0), user.owner, now, namespace) as readonly MessageHash[]
  swarm.node(4).mood = 'down'
  const change = async (hash: MessageHash | undefined, mode: 'shorten' | 'extend', ms: number): Promise<void> => {
    const params = { owner: user.owner, messages: hash === undefined ? [] : [hash], expiries: [now + ms], mode }
    expect(await ask(swarm, swarm.node(0), signRequest('expire', params, user.signer))).toMatchObject({ status: 200 })
  }
  await change(one, 'shorten', hour / 2)
  await change(other, 'extend', 400 * hour)
  const again = privateStore(user, 'stored again', swarm.clock.now())
  await ask(swarm, swarm.node(0), again)
  await swarm.pass(1_000)
  swarm.node(4).mood = 'well'
  // The queue is lost: only comparing can tell.
  for (const key of [0, 1, 2, 3]) await swarm.node(key).store.dropPeer(swarm.node(4).identity.id)
  expect((await digestsOf(swarm)).size).toBe(2)
  await swarm.pass(700_000, 250)
  expect((await digestsOf(swarm)).size).toBe(1)
  const lives = swarm.node(4).store.lives(
    user.owner,
    [one, other].filter(hash => hash !== undefined),
    now,
  )
  expect([...lives.values()].map(({ expiry }) => expiry - now)).toEqual([hour / 2, 400 * hour])
  expect(failuresOf(swarm)).toEqual([])
})
