import { namespaces, type StoredMessage } from '@sotto/protocol/storage'
import { randomBelow, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { type Person, World } from '../support/world.ts'

/** Any order, and some of them twice. */
function shuffled(seed: number) {
  const random = seededRandom(seed)
  return (messages: readonly StoredMessage[]): StoredMessage[] => {
    const keyed = messages.map(message => ({ message, key: randomBelow(random, 1_000_000) }))
    const sorted = keyed.toSorted((a, b) => a.key - b.key).map(({ message }) => message)
    return sorted.flatMap(message => (randomBelow(random, 4) === 0 ? [message, message] : [message]))
  }
}

/** Of what was sent; that a request was accepted is noted where the device heard of it. */
async function positions(person: Person, conversation: string): Promise<readonly string[]> {
  const { messages } = await person.api.query('messages.page', { conversation, limit: 100 })
  return messages.filter(({ kind }) => kind === 'text').map(({ position }) => position)
}

test('in whatever order and how often messages arrive, all devices show them in the same order, once', async () => {
  for (let seed = 0; seed < 8; seed++) {
    const world = new World(seed)
    const alice = world.person('Alice')
    const phone = world.person('Bob')
    const phrase = await phone.api.command('account.recovery-phrase')
    for (let round = 0; round < 5; round++) {
      await alice.send(phone.id, `a${round}`)
      if (round > 0) await phone.send(alice.id, `b${round}`)
      await world.run(50 * seed)
    }
    await world.run(5000)
    world.network.rearrange(phone.client.accountId, namespaces.inbox, shuffled(seed))
    const desk = world.person('Bob', { phrase, limits: { inboxChunk: 1 + seed } })
    await world.run(5000)
    expect(await positions(desk, alice.id)).toEqual(await positions(phone, alice.id))
    expect(await desk.texts(alice.id)).toEqual(await phone.texts(alice.id))
    expect(await alice.texts(phone.id)).toEqual(await phone.texts(alice.id))
    expect(new Set(await positions(desk, alice.id)).size).toBeGreaterThanOrEqual(9)
  }
})

test('a late message stands in its place, and what was read stays read', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const desk = world.person('Alice', { phrase: await alice.api.command('account.recovery-phrase') })
  const bob = world.person('Bob')
  await world.run()
  desk.device.isOnline = false
  await desk.send(bob.id, 'early, but late')
  await world.run(5000)
  await alice.send(bob.id, 'on time')
  await world.run(1000)
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  desk.device.goOnline()
  await world.run(60_000)
  expect(await bob.texts(alice.id)).toEqual(['early, but late', 'on time'])
})

test('each message has a time of its own, later than all before', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  for (let count = 0; count < 5; count++) await alice.send(bob.id, `${count}`)
  world.clock.jump(-60_000)
  await alice.send(bob.id, 'after the clock went back')
  await world.run()
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  const times = messages.map(({ sentAt }) => sentAt)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Set(times).size).toBe(6)
  expect(messages.at(-1)?.body).toBe('after the clock went back')
})
