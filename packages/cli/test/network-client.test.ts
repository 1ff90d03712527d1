import { NodeTransport } from '@sotto/client/node'
import { systemSleepingClock } from '@sotto/node'
import { systemRandom } from '@sotto/server'
import { Network, type NetworkState, type WatchState } from '@sotto/network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoppableNetwork } from './network-client/stoppable-network.ts'
import { TestAccount } from './network-client/test-account.ts'

let nodes: StoppableNetwork
const transport = new NodeTransport()
const started: Network[] = []

beforeAll(async () => {
  nodes = await StoppableNetwork.start()
})
afterAll(async () => {
  await Promise.all(started.map(async network => network.stop()))
  transport.stop()
  await nodes.stop()
})

function memoryState(): NetworkState {
  let saved: Uint8Array | undefined
  return { load: async () => saved, save: async bytes => void (saved = bytes) }
}

async function startClient(): Promise<Network> {
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

test('a held retrieve is woken whichever member took the message', async () => {
  const [sender, receiver, account] = [await startClient(), await startClient(), new TestAccount()]
  await watchLive(receiver, account)
  const session = sender.session('own:sender')
  const members = await session.swarm(account.owner)
  for (const { ed25519: member } of members) {
    const build = account.message(systemRandom(300))
    const { reply } = await session.request(account.owner, 'store', build, { member })
    const results = [...reply.swarm.values()].flatMap(each => (each.kind === 'done' ? [each.result.hash] : []))
    expect(new Set(results).size).toBe(1)
    const [hash] = results
    if (hash !== undefined) await account.has(hash)
  }
  expect(account.received.size).toBe(members.length)
  expect(account.from.size).toBeLessThan(members.length)
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
