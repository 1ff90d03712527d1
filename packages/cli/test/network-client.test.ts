import { systemSleepingClock } from '@sotto/node'
import { systemRandom } from '@sotto/server'
import { Network, type NetworkState, type Transport, type WatchState } from '@sotto/network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LinksTransport } from './network-client/links-transport.ts'
import { StoppableNetwork } from './network-client/stoppable-network.ts'
import { TestAccount } from './network-client/test-account.ts'

let nodes: StoppableNetwork
const links = new LinksTransport()
const started: Network[] = []

beforeAll(async () => {
  nodes = await StoppableNetwork.start()
})
afterAll(async () => {
  await Promise.all(started.map(async network => network.stop()))
  links.stop()
  await nodes.stop()
})

function memoryState(): NetworkState {
  let saved: Uint8Array | undefined
  return { load: async () => saved, save: async bytes => void (saved = bytes) }
}

async function startClient(transport: Transport = links): Promise<Network> {
  const { directory } = nodes
  const clock = systemSleepingClock
  const ports = { directory, transport, clock, random: systemRandom, state: memoryState(), isLocal: true }
  const network = Network.create(ports)
  started.push(network)
  await network.start()
  return network
}

/** Starts a watch and waits until it is live. */
async function watchLive(network: Network, account: TestAccount): Promise<readonly WatchState[]> {
  const states: WatchState[] = []
  await new Promise<void>(resolve => {
    const onState = (state: WatchState): void => {
      states.push(state)
      if (state.kind === 'live') resolve()
    }
    network.session(`own:${account.owner}`).watch(account.watching(onState))
  })
  return states
}

test('stores with signatures of most members, and reads what was stored', async () => {
  const [network, account] = [await startClient(), new TestAccount()]
  const session = network.session('own:one')
  const swarm = await session.swarm(account.owner)
  const { hash, confirmedBy } = await session.store(account.owner, account.message(systemRandom(300)))
  expect(confirmedBy.length).toBeGreaterThanOrEqual(Math.ceil((swarm.length + 1) / 2))
  const { reply, member } = await session.request(account.owner, 'retrieve', now => account.retrieve(now))
  expect(reply.messages.map(message => message.hash)).toEqual([hash])
  expect(swarm.map(({ ed25519 }) => ed25519)).toContain(member)
  expect(network.time.isSettled()).toBe(true)
  expect(Math.abs(network.time.offset())).toBeLessThan(1000)
  const view = session.path()
  expect(view).toMatchObject({ isolation: 'own:one', state: 'working' })
  expect(view?.hops.length).toBe(3)
})

test('a held retrieve is woken by a message that another member took', async () => {
  const [sender, receiver, account] = [await startClient(), await startClient(), new TestAccount()]
  await watchLive(receiver, account)
  for (let round = 0; round < 5; round++) {
    const { hash } = await sender.session('own:sender').store(account.owner, account.message(systemRandom(300)))
    await account.has(hash)
  }
  expect(account.received.size).toBe(5)
})

test('a node of the path dies while a request is under way: the request goes another way', async () => {
  const [network, account] = [await startClient(), new TestAccount()]
  const session = network.session('own:dying')
  const { hash } = await session.store(account.owner, account.message(systemRandom(300)))
  const view = session.path()
  const members = new Set((await session.swarm(account.owner)).map(({ ed25519 }) => ed25519))
  const dying = view?.hops.find(({ id }, at) => at > 0 && !members.has(id)) ?? view?.hops[1]
  if (dying === undefined) throw new Error('no path')
  const calls = Array.from({ length: 8 }, async () =>
    session.request(account.owner, 'retrieve', now => account.retrieve(now)),
  )
  await nodes.stopNode(dying.id)
  for (const { reply } of await Promise.all(calls)) expect(reply.messages.map(message => message.hash)).toEqual([hash])
  for (let count = 0; count < 8; count++) {
    const { reply } = await session.request(account.owner, 'retrieve', now => account.retrieve(now))
    expect(reply.messages.map(message => message.hash)).toEqual([hash])
  }
  await session.store(account.owner, account.message(systemRandom(300)))
})
