import { type MessageHash, type Outcome } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { randomBelow, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { NetworkError } from '../src/index.ts'
import { alice, failureOf, finish, message, retrieve, startClient, twoSwarms, until } from './fake/fake-client.ts'
import { FakeNetwork } from './fake/fake-network.ts'
import { type FakeNode, hashOf } from './fake/fake-node.ts'

const seeds = Array.from({ length: 8 }, (_, seed) => seed)

/** One of the ways in which a node can fail, or none. */
function disturb(node: FakeNode, kind: number): void {
  heal(node)
  const wrongs: readonly (() => void)[] = [
    () => (node.isDown = true),
    () => (node.onRelay = 'silent'),
    () => (node.onRelay = { status: 503, text: `Snode not ready: ${node.id}` }),
    () => (node.onRelay = { status: 200, text: 'nonsense' }),
    () => (node.onRelay = { status: 502, text: `Next node not found: ${'0'.repeat(64)}` }),
    () => (node.onRequest = () => 'silent'),
    () => (node.onRequest = (): Outcome => ({ kind: 'refused', status: 500, text: '' })),
    () => (node.onRequest = (): Outcome => ({ kind: 'refused', status: 401, text: '' })),
    () => (node.onRequest = (): Outcome => ({ kind: 'wrong-swarm', swarm: undefined })),
    () => (node.skewMs = 3_600_000),
  ]
  wrongs[kind]?.()
}

function heal(node: FakeNode): void {
  node.isDown = false
  node.onRelay = undefined
  node.onRequest = undefined
  node.skewMs = 0
}

test.for(seeds)('whatever nodes do, every message comes at last, and none is invented: seed %i', async seed => {
  const fake = new FakeNetwork(twoSwarms)
  const random = seededRandom(seed)
  const network = await startClient(fake, { random: seededRandom(seed + 1000) })
  await until(fake.clock, () => network.time.isSettled())
  const cursors = new Map<NodeId, MessageHash>()
  const received = new Set<MessageHash>()
  const stored: MessageHash[] = []
  network.session('own').watch({
    owner: alice,
    retrieves: (member, now) => {
      const lastHash = cursors.get(member)
      return [retrieve(now, lastHash === undefined ? {} : { lastHash })]
    },
    deliver: async ({ member, results }) => {
      if (randomBelow(random, 10) === 0) throw new Error('disk')
      for (const { messages, cursor } of results) {
        for (const { hash } of messages) received.add(hash)
        if (cursor !== undefined) cursors.set(member, cursor)
      }
    },
  })
  for (let round = 0; round < 60; round++) {
    const node = fake.nodes[randomBelow(random, fake.nodes.length)]
    if (node !== undefined) disturb(node, randomBelow(random, 14))
    const params = message(`message ${round}`)(Math.round(fake.clock.now()))
    for (const member of fake.membersOf(alice)) member.keep(params)
    stored.push(hashOf(params))
    await fake.clock.advance(randomBelow(random, 20_000))
  }
  for (const node of fake.nodes) heal(node)
  await until(fake.clock, () => received.size === stored.length, 300_000)
  expect([...received].toSorted()).toEqual(stored.toSorted())
  expect(new Set(fake.posted).size).toBeLessThanOrEqual(5)
  await finish(fake.clock, network.stop())
})

test.for(seeds)('whatever nodes do, a request ends in time, with an answer or a coded error: seed %i', async seed => {
  const fake = new FakeNetwork(twoSwarms)
  const random = seededRandom(seed + 50)
  const network = await startClient(fake, { random: seededRandom(seed + 2000) })
  await until(fake.clock, () => network.time.isSettled())
  let answered = 0
  for (let round = 0; round < 25; round++) {
    const node = fake.nodes[randomBelow(random, fake.nodes.length)]
    if (node !== undefined) disturb(node, randomBelow(random, 20))
    const start = fake.clock.monotonic()
    const options = { deadlineMs: 15_000 }
    const work = network.session('own').request(alice, 'retrieve', now => retrieve(now), options)
    const failure = await finish(fake.clock, failureOf(work))
    expect(fake.clock.monotonic() - start).toBeLessThan(15_100)
    if (failure === undefined) answered += 1
    else expect(failure).toBeInstanceOf(NetworkError)
  }
  expect(answered).toBeGreaterThan(5)
  for (const node of fake.nodes) heal(node)
  await fake.clock.advance(60_000)
  await finish(
    fake.clock,
    network.session('own').request(alice, 'retrieve', now => retrieve(now)),
  )
  await finish(fake.clock, network.stop())
})
