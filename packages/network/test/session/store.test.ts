import { type Outcome } from '@sotto/protocol/storage'
import { nodeIdOf } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { isTransient } from '../../src/index.ts'
import { neededConfirmations } from '../../src/session/store-message.ts'
import { alice, compatSwarms, finish, message, startClient, twoSwarms } from '../fake/fake-client.ts'
import { nodeKeys } from '../fake/fake-list.ts'
import { FakeNetwork } from '../fake/fake-network.ts'

type Stored = Extract<Outcome, { readonly method: 'store' }>

/** Changes the answers of everybody to stores. */
function forge(fake: FakeNetwork, change: (stored: Stored, by: number) => Outcome): void {
  for (const [at, node] of fake.nodes.entries()) {
    node.onOutcome = (_, outcome) =>
      outcome.kind === 'reply' && outcome.method === 'store' ? change(outcome, at) : outcome
  }
}

test('how many must sign', () => {
  const { directory } = new FakeNetwork(twoSwarms)
  const native = directory.swarmOf(alice)?.members ?? []
  const compat = new FakeNetwork(compatSwarms).directory.swarmOf(alice)?.members ?? []
  expect([1, 2, 3, 4, 5, 6, 7].map(size => neededConfirmations(native.slice(0, size)))).toEqual([1, 2, 2, 3, 3, 4, 4])
  expect([1, 2, 3, 7].map(size => neededConfirmations(compat.slice(0, size)))).toEqual([1, 2, 2, 2])
  expect(neededConfirmations([...native.slice(1), ...compat.slice(0, 1)])).toBe(2)
})

test('three of seven members down: the rest is enough; four: never', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const members = fake.membersOf(alice)
  for (const member of members.slice(0, 3)) member.isDown = true
  const session = network.session('own')
  const receipt = await finish(fake.clock, session.store(alice, message('one'), { deadlineMs: 100_000 }))
  expect(receipt.confirmedBy.length).toBe(4)
  expect(receipt.storedAt).toBeLessThanOrEqual(network.time.now())
  for (const member of members.slice(3, 4)) member.isDown = true
  const failed: unknown = await finish(fake.clock, session.store(alice, message('two'))).catch(
    (error: unknown) => error,
  )
  expect(isTransient(failed)).toBe(true)
  await finish(fake.clock, network.stop())
})

test('the time of each attempt is fresh, the message the same', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  forge(fake, () => ({ kind: 'refused', status: 500, text: '' }))
  const times: number[] = []
  const build = message('hello')
  const work = network.session('own').store(
    alice,
    now => {
      times.push(now)
      return build(now)
    },
    { deadlineMs: 5000 },
  )
  await finish(fake.clock, work).catch(() => {})
  expect(times.length).toBeGreaterThan(3)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1000)
  await finish(fake.clock, network.stop())
})

test('signatures by strangers, of other hashes and forged ones do not count', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const [honest] = fake.membersOf(alice)
  forge(fake, (stored, by) => {
    const entries = [...stored.reply.swarm]
    const [, first] = entries[0] ?? []
    if (first === undefined) return stored
    // Everybody's word under one signature, and seven strangers beside them.
    const strangers = Array.from({ length: 7 }, (_, at) => nodeIdOf(nodeKeys(100 + at).publicKey))
    const swarm = new Map([
      ...entries.map(([id]) => [id, first] as const),
      ...strangers.map(id => [id, first] as const),
    ])
    return fake.nodes[by] === honest ? stored : { ...stored, reply: { ...stored.reply, swarm } }
  })
  const { confirmedBy } = await finish(fake.clock, network.session('own').store(alice, message('hello')))
  expect(confirmedBy.length).toBeGreaterThanOrEqual(4)
  for (const id of confirmedBy) expect(fake.membersOf(alice).map(node => node.id)).toContain(id)
  await finish(fake.clock, network.stop())
})

test('confirmations of several answers add up', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  forge(fake, (stored, by) => {
    const own = [...stored.reply.swarm].filter(([id]) => id === fake.nodes[by]?.id)
    return { ...stored, reply: { ...stored.reply, swarm: new Map(own) } }
  })
  const { confirmedBy } = await finish(fake.clock, network.session('own').store(alice, message('hello')))
  expect(confirmedBy.length).toBe(4)
  await finish(fake.clock, network.stop())
})
