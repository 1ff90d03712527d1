import { type Outcome, type StorageRequest } from '@sotto/protocol/storage'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { isTransient, NetworkError, type PathView } from '../../src/index.ts'
import {
  failureOf,
  alice,
  compatSwarms,
  finish,
  message,
  retrieve,
  startClient,
  twoSwarms,
  until,
} from '../fake/fake-client.ts'
import { FakeNetwork } from '../fake/fake-network.ts'

const twentySeeds = Array.from({ length: 20 }, (_, seed) => seed)

test('asks a member of the swarm through three other nodes, in standard sizes', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  const stored = await finish(fake.clock, session.store(alice, message('hello')))
  const { reply, member } = await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(reply.messages.map(({ hash }) => hash)).toEqual([stored.hash])
  expect(fake.membersOf(alice).map(({ id }) => id)).toContain(member)
  for (const route of fake.routes) expect(new Set(route).size).toBe(4)
  expect(fake.oddSizes).toEqual([])
  await finish(fake.clock, network.stop())
})

test('ours are asked with another cipher, and the guard does not see that it is the first', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  for (let count = 0; count < 60; count++) {
    await finish(
      fake.clock,
      network.session('own').request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  expect(fake.ciphers).toEqual(new Set(['xchacha20']))
  expect(Math.min(...fake.hopNumbers)).toBe(0)
  expect(Math.max(...fake.hopNumbers)).toBe(12)
  expect(fake.oddSizes).toEqual([])
  await finish(fake.clock, network.stop())
})

test('nodes of the existing network are asked in their way', async () => {
  const fake = new FakeNetwork(compatSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  const { confirmedBy } = await finish(fake.clock, session.store(alice, message('hello')))
  expect(confirmedBy.length).toBeGreaterThanOrEqual(2)
  expect(fake.ciphers).toEqual(new Set(['aes-gcm']))
  expect(new Set(fake.hopNumbers)).toEqual(new Set([0]))
  expect(fake.oddSizes).toEqual([])
  await finish(fake.clock, network.stop())
})

test.for(twentySeeds)('any one node may be down: random seed %i', async seed => {
  const fake = new FakeNetwork(twoSwarms)
  const random = seededRandom(seed)
  const down = fake.nodes[seed % 12]
  if (down !== undefined) down.isDown = true
  const network = await startClient(fake, { random })
  const session = network.session('own:alice')
  const work = session.request(alice, 'retrieve', now => retrieve(now), { deadlineMs: 60_000 })
  const { member } = await finish(fake.clock, work)
  expect(member).not.toBe(down?.id)
  await finish(fake.clock, network.stop())
})

test('a guard that is down is seen at once, and the other one used', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  const [first, second] = new Set(fake.posted)
  fake.node(first).isDown = true
  const start = fake.clock.monotonic()
  const isGuard = (id: string): boolean => fake.posted.some(guard => guard === id)
  const member = fake.membersOf(alice).find(({ id }) => !isGuard(id))?.id ?? session.path()?.hops[2]?.id
  const options = member === undefined ? {} : { member }
  for (let count = 0; count < 20; count++) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now), options),
    )
  }
  expect(fake.clock.monotonic() - start).toBeLessThan(2000)
  expect(new Set(fake.posted).size).toBeLessThanOrEqual(3)
  expect(fake.posted).toContain(second)
  await finish(fake.clock, network.stop())
})

test('a hop that no longer answers is found out and left', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  const culprit = session.path()?.hops[1]?.id
  fake.node(culprit).onRelay = 'silent'
  const failures: PathView[] = []
  network.onPathChange(() => failures.push(...network.paths().filter(({ failure }) => failure !== undefined)))
  const calls = Array.from({ length: 4 }, async () => session.request(alice, 'retrieve', now => retrieve(now)))
  await finish(fake.clock, Promise.all(calls))
  // It answers when it is asked itself, so only what passes it shows the fault: its successor seems to be dead.
  await until(fake.clock, () => failures.some(({ failure }) => failure?.kind === 'timed-out'))
  for (let count = 0; count < 30; count++) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  const lately = fake.routes.slice(-10)
  for (const route of lately) expect(route[1]).not.toBe(culprit)
  await finish(fake.clock, network.stop())
})

test('a member that answers nonsense, in the name of others, or not at all is passed over', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  const members = fake.membersOf(alice)
  const { hash } = await finish(fake.clock, session.store(alice, message('hello')))
  for (const liar of members.slice(1)) {
    liar.onOutcome = (_, outcome) =>
      outcome.kind === 'reply' && outcome.method === 'retrieve' ? { ...outcome, status: 500 } : outcome
  }
  for (let count = 0; count < 5; count++) {
    const { reply, member } = await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
    expect(reply.messages.map(each => each.hash)).toEqual([hash])
    expect(member).toBe(members[0]?.id)
  }
  await finish(fake.clock, network.stop())
})

test('messages under the hash of others are not believed', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own:alice')
  const { hash } = await finish(fake.clock, session.store(alice, message('hello')))
  for (const node of fake.nodes) {
    node.onOutcome = (_, outcome) => {
      if (outcome.kind !== 'reply' || outcome.method !== 'retrieve') return outcome
      const forged = outcome.reply.messages.map(each => ({ ...each, data: Uint8Array.of(1, 2, 3) }))
      return { ...outcome, reply: { ...outcome.reply, messages: [...forged, ...outcome.reply.messages] } }
    }
  }
  const { reply } = await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(reply.messages.map(each => each.hash)).toEqual([hash])
  expect(reply.messages[0]?.data).not.toEqual(Uint8Array.of(1, 2, 3))
  await finish(fake.clock, network.stop())
})

function refuse(status: number): (request: StorageRequest) => Outcome | undefined {
  return request => (request.method === 'retrieve' ? { kind: 'refused', status, text: 'no' } : undefined)
}

test.for([
  { status: 401, code: 'network.unauthorised', transient: false },
  { status: 400, code: 'network.refused', transient: false },
  { status: 403, code: 'network.refused', transient: false },
  { status: 413, code: 'network.too-large', transient: false },
])('$status of two members is final', async ({ status, code, transient }) => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  for (const node of fake.nodes) node.onRequest = refuse(status)
  const work = finish(
    fake.clock,
    network.session('own').request(alice, 'retrieve', now => retrieve(now)),
  )
  const error: unknown = await work.catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code, detail: { status } })
  expect(isTransient(error)).toBe(transient)
  expect(fake.nodes.reduce((sum, node) => sum + node.count('retrieve'), 0)).toBe(2)
  await finish(fake.clock, network.stop())
})

test('401 of one member is its own affair', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const [liar] = fake.membersOf(alice)
  if (liar !== undefined) liar.onRequest = refuse(401)
  for (let count = 0; count < 40; count++) {
    const { member } = await finish(
      fake.clock,
      network.session('own').request(alice, 'retrieve', now => retrieve(now)),
    )
    expect(member).not.toBe(liar?.id)
  }
  expect(liar?.count('retrieve')).toBeGreaterThan(0)
  await finish(fake.clock, network.stop())
})

test.for([500, 503, 429])('%i is tried elsewhere until the time is over', async status => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  for (const node of fake.nodes) node.onRequest = refuse(status)
  const start = fake.clock.monotonic()
  const work = network.session('own').request(alice, 'retrieve', now => retrieve(now), { deadlineMs: 5000 })
  const error: unknown = await finish(fake.clock, work).catch((cause: unknown) => cause)
  expect(isTransient(error)).toBe(true)
  expect(error).toMatchObject({ detail: { status } })
  expect(fake.clock.monotonic() - start).toBeGreaterThan(4900)
  expect(fake.nodes.reduce((sum, node) => sum + node.count('retrieve'), 0)).toBeGreaterThan(5)
  await finish(fake.clock, network.stop())
})

test('a member that says it serves somebody else is passed over; if several agree they are believed', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const [liar, ...honest] = fake.membersOf(alice)
  const others = fake.nodes.filter(node => !fake.membersOf(alice).includes(node))
  const elsewhere = fake.swarmReply(`0580${alice.slice(4)}` as typeof alice)
  expect(elsewhere.nodes.map(({ id }) => id)).toEqual(others.map(({ id }) => id))
  const wrong: Outcome = { kind: 'wrong-swarm', swarm: elsewhere }
  if (liar !== undefined) liar.onRequest = ({ method }) => (method === 'retrieve' ? wrong : undefined)
  const session = network.session('own')
  for (let count = 0; count < 10; count++) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  expect(await session.swarm(alice)).toHaveLength(7)
  for (const node of honest) node.onRequest = ({ method }) => (method === 'retrieve' ? wrong : undefined)
  const answer: Outcome = {
    kind: 'reply',
    method: 'retrieve',
    status: 200,
    reply: { messages: [], more: false },
  }
  for (const node of others) node.onRequest = ({ method }) => (method === 'retrieve' ? answer : undefined)
  const { member } = await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(others.map(({ id }) => id)).toContain(member)
  expect((await session.swarm(alice)).map(({ ed25519 }) => ed25519).toSorted()).toEqual(
    others.map(({ id }) => id).toSorted(),
  )
  await finish(fake.clock, network.stop())
})

test('a list without swarms: nodes are asked', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const known = fake.directory.swarmOf.bind(fake.directory)
  const members = known(alice)?.members.map(({ ed25519 }) => ed25519)
  const reply = { ...fake.swarmReply(alice), hardFork: [19, 3] as const }
  for (const node of fake.nodes) {
    node.onRequest = ({ method }) =>
      method === 'get_swarm' ? { kind: 'reply', method: 'get_swarm', status: 200, reply } : undefined
  }
  Object.defineProperty(fake.directory, 'swarmOf', { value: () => undefined })
  const found = await finish(fake.clock, network.session('own').swarm(alice))
  expect(found.map(({ ed25519 }) => ed25519)).toEqual(members)
  await finish(fake.clock, network.stop())
})

test('asks one member and no other if told so', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const wanted = fake.membersOf(alice)[3]
  const options = wanted === undefined ? {} : { member: wanted.id }
  const session = network.session('own')
  const { member } = await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now), options),
  )
  expect(member).toBe(wanted?.id)
  await finish(fake.clock, network.stop())
})

test('a request ends at its deadline, when it is cancelled and when the session closes', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  for (const node of fake.nodes) node.onRequest = ({ method }) => (method === 'retrieve' ? 'silent' : undefined)
  const session = network.session('own')
  const start = fake.clock.monotonic()
  const late = session.request(alice, 'retrieve', now => retrieve(now), { deadlineMs: 3000 })
  await expect(finish(fake.clock, late)).rejects.toMatchObject({ code: 'network.timed-out' })
  expect(fake.clock.monotonic() - start).toBeLessThan(3100)

  const controller = new AbortController()
  const cancelled = session.request(alice, 'retrieve', now => retrieve(now), { signal: controller.signal })
  const settled = failureOf(cancelled)
  await fake.clock.advance(500)
  controller.abort()
  expect(await settled).toMatchObject({ code: 'network.aborted' })
  await expect(
    session.request(alice, 'retrieve', now => retrieve(now), { signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'network.aborted' })

  const closing = failureOf(session.request(alice, 'retrieve', now => retrieve(now)))
  await fake.clock.advance(500)
  session.close()
  expect(await closing).toBeInstanceOf(NetworkError)
  await expect(session.request(alice, 'retrieve', now => retrieve(now))).rejects.toMatchObject({
    code: 'network.stopped',
  })
  await finish(fake.clock, network.stop())
  expect(() => network.session('own')).toThrow(NetworkError)
})

test('an unreachable network fails within the deadline and works again afterwards', async () => {
  const fake = new FakeNetwork(twoSwarms)
  for (const node of fake.nodes) node.isDown = true
  const network = await startClient(fake)
  const session = network.session('own')
  const work = session.request(alice, 'retrieve', now => retrieve(now), { deadlineMs: 10_000 })
  const error: unknown = await finish(fake.clock, work).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'network.unreachable' })
  expect(isTransient(error)).toBe(true)
  for (const node of fake.nodes) node.isDown = false
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(new Set(fake.posted).size).toBeLessThanOrEqual(3)
  await finish(fake.clock, network.stop())
})

test('classes share guards but no path beyond them', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  for (const name of ['own:a', 'own:b', 'group:c']) {
    await finish(
      fake.clock,
      network.session(name).request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  const views = network.paths()
  expect(new Set(views.map(({ isolation }) => isolation))).toEqual(new Set(['time', 'own:a', 'own:b', 'group:c']))
  expect(new Set(views.map(({ hops }) => hops[0]?.id)).size).toBeLessThanOrEqual(2)
  expect(network.session('own:a')).toBe(network.session('own:a'))
  network.session('own:a').close()
  expect(network.paths().some(({ isolation }) => isolation === 'own:a')).toBe(false)
  await finish(fake.clock, network.stop())
})

test('two members that send us away cost a few attempts, no more', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const elsewhere = fake.swarmReply(`0580${alice.slice(4)}` as typeof alice)
  for (const liar of fake.membersOf(alice).slice(0, 2)) {
    liar.onRequest = ({ method }) => (method === 'retrieve' ? { kind: 'wrong-swarm', swarm: elsewhere } : undefined)
  }
  const session = network.session('own')
  for (let count = 0; count < 40; count++) {
    const start = fake.clock.monotonic()
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
    expect(fake.clock.monotonic() - start).toBeLessThan(3000)
  }
  expect(await session.swarm(alice)).toHaveLength(7)
  await finish(fake.clock, network.stop())
})

test('what never leaves the device is no fault of its guards', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own')
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  const guards = new Set(fake.posted)
  fake.isCut = true
  const work = session.request(alice, 'retrieve', now => retrieve(now))
  expect(await finish(fake.clock, failureOf(work))).toMatchObject({
    code: 'network.unreachable',
    detail: { local: true },
  })
  await fake.clock.advance(7_200_000)
  expect(network.paths().every(({ failure }) => failure === undefined)).toBe(true)
  fake.isCut = false
  for (let count = 0; count < 10; count++) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  expect(new Set(fake.posted)).toEqual(guards)
  await finish(fake.clock, network.stop())
})
