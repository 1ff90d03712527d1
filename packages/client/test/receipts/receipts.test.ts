import { openInboxMessage } from '@sotto/protocol/seal'
import { expect, test } from 'vitest'
import { accountOf, makeFriends, newestOf, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const switchOn = async (...people: readonly Person[]): Promise<void> => {
  for (const person of people) await person.api.command('settings.change', { readReceipts: true })
}

/** What has reached this person's swarm, by kinds, opened with their keys. */
const receiptsTo = (person: Person): readonly (readonly number[])[] =>
  person.world.network.stored
    .filter(({ owner }) => owner === person.id)
    .map(({ data }) => openInboxMessage(data, person.client.context.keys.x25519).content)
    .flatMap(content => (content.kind === 'receipt' ? [content.readMessages] : []))

const read = (person: Person, conversation: string): Promise<void> =>
  person.api.command('conversations.mark-read', { conversation })

test('the sender learns when a message was read, if both want that', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(alice, bob)
  await read(bob, alice.id)
  await world.run(5000)
  const sent = await alice.send(bob.id, 'Read this')
  await world.run(10_000)
  expect((await newestOf(alice, bob.id)).readAt).toBeUndefined()
  const readAt = world.clock.now()
  await read(bob, alice.id)
  await world.run(5000)
  const message = await alice.api.query('messages.get', { message: sent })
  expect(message?.readAt).toBeGreaterThanOrEqual(readAt)
  expect(message?.readAt).toBeLessThan(readAt + 3000)
})

test('one receipt tells of all that was read together', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(alice, bob)
  await read(bob, alice.id)
  await world.run(5000)
  const before = receiptsTo(alice).length
  for (const body of ['one', 'two', 'three']) await alice.send(bob.id, body)
  await world.run()
  await read(bob, alice.id)
  await world.run(5000)
  const receipts = receiptsTo(alice).slice(before)
  expect(receipts).toHaveLength(1)
  expect(receipts[0]).toHaveLength(3)
})

test('nothing is sent by those who do not want it, and nothing of what they read before they wanted it', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.send(bob.id, 'Read this')
  await world.run()
  await read(bob, alice.id)
  await world.run(5000)
  expect(receiptsTo(alice)).toEqual([])
  await switchOn(bob)
  await world.run(60_000)
  expect(receiptsTo(alice)).toEqual([])
})

test('what is received is of no interest to those who do not tell', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(bob)
  await alice.send(bob.id, 'Read this')
  await world.run()
  await read(bob, alice.id)
  await world.run(5000)
  expect(receiptsTo(alice)).toHaveLength(1)
  expect((await newestOf(alice, bob.id)).readAt).toBeUndefined()
})

test('strangers and blocked people are told nothing', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(alice, bob)
  const carol = world.person('Carol')
  await switchOn(carol)
  await carol.send(bob.id, 'Hi, stranger')
  await world.run()
  await read(bob, carol.id)
  await world.run(5000)
  expect(receiptsTo(carol)).toEqual([])
  await alice.send(bob.id, 'Read this')
  await world.run()
  await read(bob, alice.id)
  await bob.api.command('contacts.block', { contact: alice.id }) // before the receipt has gone out
  await world.run(5000)
  expect(receiptsTo(alice)).toEqual([])
})

test('what was read before the program ended is told after the next start', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(alice, bob)
  const sent = await alice.send(bob.id, 'Read this')
  await world.run()
  bob.device.isOnline = false
  await read(bob, alice.id)
  await bob.restart()
  bob.device.goOnline()
  await world.run(30_000)
  expect((await alice.api.query('messages.get', { message: sent }))?.readAt).toBeDefined()
})

test('receipts for what was never sent, of strangers, from the future or endless ones change nothing', async () => {
  const { alice, bob, world } = await makeFriends()
  await switchOn(alice, bob)
  const carol = world.person('Carol')
  const sent = await alice.send(bob.id, 'Not read yet')
  await world.run()
  const { sentAt } = await newestOf(alice, bob.id)
  sendRaw(carol, alice.id, now => ({ kind: 'receipt', readMessages: [sentAt], sentAt: now }))
  sendRaw(bob, alice.id, now => ({ kind: 'receipt', readMessages: [sentAt + 1, 0, 5], sentAt: now }))
  const endless = Array.from({ length: 6000 }, (_, at) => at)
  sendRaw(bob, alice.id, now => ({ kind: 'receipt', readMessages: endless, sentAt: now }))
  await world.run(3000)
  expect((await alice.api.query('messages.get', { message: sent }))?.readAt).toBeUndefined()
  const future = world.clock.now() + 86_400_000
  sendRaw(bob, alice.id, () => ({ kind: 'receipt', readMessages: [sentAt], sentAt: future }))
  await world.run(3000)
  const { readAt } = (await alice.api.query('messages.get', { message: sent })) ?? {}
  expect(readAt).toBeLessThanOrEqual(world.clock.now())
  expect(accountOf(alice)).toBe(alice.id)
  expect(alice.reported).toEqual([])
})
