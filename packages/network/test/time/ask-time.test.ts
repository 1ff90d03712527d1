import { expect, test } from 'vitest'
import { alice, FakeState, finish, retrieve, startClient, twoSwarms, until } from '../fake/fake-client.ts'
import { FakeNetwork } from '../fake/fake-network.ts'

const DAY_MS = 86_400_000

test('the first acts are info to several nodes through paths; half the trip is added', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  await until(fake.clock, () => network.time.isSettled())
  expect(fake.nodes.flatMap(({ asked }) => asked).every(({ method }) => method === 'info')).toBe(true)
  expect(fake.nodes.filter(node => node.count('info') > 0).length).toBe(5)
  for (const route of fake.routes) expect(new Set(route).size).toBe(4)
  expect(Math.abs(network.time.offset())).toBeLessThanOrEqual(15)
  await finish(fake.clock, network.stop())
})

test('a device a day wrong signs with the right time from the first request on', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const times: number[] = []
  for (const node of fake.nodes) node.skewMs = DAY_MS
  const network = await startClient(fake)
  const build = (now: number): ReturnType<typeof retrieve> => {
    times.push(now)
    return retrieve(now)
  }
  await finish(fake.clock, network.session('own').request(alice, 'retrieve', build))
  expect(times.length).toBe(1)
  expect(Math.abs((times[0] ?? 0) - fake.clock.now() - DAY_MS)).toBeLessThan(1000)
  expect(Math.abs(network.time.offset() - DAY_MS)).toBeLessThan(1000)
  await finish(fake.clock, network.stop())
})

test('guards chosen before the time was known are dated right', async () => {
  const fake = new FakeNetwork(twoSwarms)
  for (const node of fake.nodes) node.skewMs = 400 * DAY_MS
  const state = new FakeState()
  const network = await startClient(fake, { state })
  await until(fake.clock, () => network.time.isSettled())
  await finish(fake.clock, network.stop())
  const saved = JSON.parse(new TextDecoder().decode(state.saved)) as { guards: { since: number }[] }
  expect(saved.guards.length).toBe(3)
  for (const { since } of saved.guards) expect(Math.abs(since - fake.clock.now() - 400 * DAY_MS)).toBeLessThan(60_000)
})

test('refused for its time a request asks for it anew and goes on', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('own')
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  await fake.clock.advance(10_000)
  for (const node of fake.nodes) node.skewMs = 4000
  for (const node of fake.nodes) {
    node.onRequest = request => {
      const isLate =
        request.method === 'retrieve' && Math.abs((request.params.timestamp ?? 0) - fake.clock.now() - 4000) > 1000
      return isLate ? { kind: 'refused', status: 406, text: 'clock' } : undefined
    }
  }
  await finish(
    fake.clock,
    session.request(alice, 'retrieve', now => retrieve(now)),
  )
  expect(Math.abs(network.time.offset() - 4000)).toBeLessThan(100)
  await finish(fake.clock, network.stop())
})

test('with one silent node the time is known within a second', async () => {
  const fake = new FakeNetwork(twoSwarms)
  for (const node of fake.nodes.slice(0, 2)) node.onRequest = () => 'silent'
  const network = await startClient(fake)
  await until(fake.clock, () => network.time.isSettled(), 1000)
  expect(Math.abs(network.time.offset())).toBeLessThan(100)
  await finish(fake.clock, network.stop())
})
