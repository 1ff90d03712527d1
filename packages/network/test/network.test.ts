import { utf8Encode } from '@sotto/protocol/encoding'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { type NetworkState } from '../src/index.ts'
import { alice, failureOf, FakeState, finish, retrieve, startClient, twoSwarms, until } from './fake/fake-client.ts'
import { FakeNetwork } from './fake/fake-network.ts'

/** Guards that a new client with this state and this chance posts to. */
async function guardsOf(state: NetworkState, seed: number): Promise<ReadonlySet<string>> {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake, { state, random: seededRandom(seed) })
  for (let count = 0; count < 8; count++) {
    await finish(
      fake.clock,
      network.session('own').request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  await finish(fake.clock, network.stop())
  return new Set(fake.posted)
}

test('guards survive a restart, whatever chance says', async () => {
  const state = new FakeState()
  const first = await guardsOf(state, 1)
  expect(first.size).toBe(2)
  for (let seed = 2; seed < 8; seed++) expect(await guardsOf(state, seed)).toEqual(first)
  const others = await Promise.all([2, 3, 4, 5].map(async seed => guardsOf(new FakeState(), seed)))
  expect(new Set(others.map(guards => [...guards].toSorted().join())).size).toBeGreaterThan(2)
})

test.for([
  ['garbage', utf8Encode('garbage')],
  ['nothing', new Uint8Array(0)],
  ['cut', utf8Encode('{"version":1,"guards":[')],
  ['too much', new Uint8Array(1_000_000)],
] as const)('a damaged state is as none: %s', async ([, saved]) => {
  const state = new FakeState()
  state.saved = saved
  expect((await guardsOf(state, 1)).size).toBe(2)
  expect(state.saved).not.toBe(saved)
})

test('a state that can be neither read nor written stops nothing', async () => {
  const broken: NetworkState = {
    load: async () => {
      throw new Error('disk')
    },
    save: async () => {
      throw new Error('disk')
    },
  }
  expect((await guardsOf(broken, 1)).size).toBe(2)
})

test('too few nodes for a path are an error, not a hang', async () => {
  const fake = new FakeNetwork([{}, {}, {}])
  const network = await startClient(fake)
  await expect(
    finish(
      fake.clock,
      network.session('own').request(alice, 'retrieve', now => retrieve(now)),
    ),
  ).rejects.toMatchObject({ code: 'network.no-nodes' })
  await finish(fake.clock, network.stop())
})

test('a smallest network of four', async () => {
  const fake = new FakeNetwork([{ swarm: 0 }, { swarm: 8 }, { swarm: 8 }, { swarm: 8 }])
  const network = await startClient(fake)
  const work = network.session('own').request(alice, 'retrieve', now => retrieve(now))
  expect((await finish(fake.clock, work)).member).toBe(fake.nodes[0]?.id)
  await finish(fake.clock, network.stop())
})

test('stopping ends everything, also what is under way', async () => {
  const fake = new FakeNetwork(twoSwarms)
  for (const node of fake.nodes) node.onRequest = () => 'silent'
  const network = await startClient(fake)
  const work = network.session('own').request(alice, 'retrieve', now => retrieve(now))
  const settled = failureOf(work)
  await fake.clock.advance(100)
  await finish(fake.clock, network.stop())
  expect(await settled).toMatchObject({ code: 'network.aborted' })
  expect(fake.clock.waiting).toBe(0)
})

test('paths are shown with their hops and addresses, and listeners are told', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  let told = 0
  const end = network.onPathChange(() => (told += 1))
  await finish(
    fake.clock,
    network.session('own').request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(told).toBeGreaterThan(0)
  const view = network.session('own').path()
  expect(view?.state).toBe('working')
  for (const { id, ip, port } of view?.hops ?? []) {
    expect(fake.directory.byId(id)).toMatchObject({ ip, httpsPort: port })
  }
  end()
  told = 0
  network.session('own').close()
  expect(told).toBe(0)
  await finish(fake.clock, network.stop())
})

test('paths with nodes that left the list are not used any more', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own')
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  const third = session.path()?.hops[2]?.id
  fake.relist((shape, at) => (fake.nodes[at]?.id === third ? undefined : shape))
  const before = fake.routes.length
  for (let count = 0; count < 10; count++) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
  }
  for (const route of fake.routes.slice(before)) expect(route).not.toContain(third)
  expect(fake.routes.length - before).toBe(10)
  await finish(fake.clock, network.stop())
})

test('paths are renewed after a while, guards are not', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own')
  const thirds = new Set<string | undefined>()
  for (let minutes = 0; minutes < 240; minutes += 5) {
    await finish(
      fake.clock,
      session.request(alice, 'retrieve', now => retrieve(now)),
    )
    thirds.add(fake.routes.at(-1)?.[2])
    await fake.clock.advance(300_000)
  }
  expect(thirds.size).toBeGreaterThan(2)
  expect(new Set(fake.posted).size).toBe(2)
  await until(fake.clock, () => network.time.isSettled())
  await finish(fake.clock, network.stop())
})
