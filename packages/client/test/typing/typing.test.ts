import { openInboxMessage } from '@sotto/protocol/seal'
import { expect, test } from 'vitest'
import { makeFriends, secondDevice, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const makeTypists = async () => {
  const friends = await makeFriends()
  for (const person of [friends.alice, friends.bob]) {
    await person.api.command('settings.change', { typingIndicators: true })
  }
  return friends
}

const key = (person: Person, conversation: string): Promise<void> => person.api.command('typing.key', { conversation })

/** The signs of typing that have reached this person's swarm. */
const signsTo = (person: Person): readonly string[] =>
  person.world.network.stored
    .filter(({ owner }) => owner === person.id)
    .map(({ data }) => openInboxMessage(data, person.client.context.keys.x25519).content)
    .flatMap(content => (content.kind === 'typing' ? [content.action] : []))

test('the other person sees it within a moment, and for 15 s', async () => {
  const { alice, bob, world } = await makeTypists()
  const seen: (readonly string[])[] = []
  const end = bob.api.watch('typing.list', undefined, { onResult: writers => seen.push(writers) })
  await key(alice, bob.id)
  await world.run(100)
  expect(seen).toEqual([[], [alice.id]])
  alice.device.isOnline = false // nothing is heard of them from now on
  await world.run(14_000)
  expect(seen.at(-1)).toEqual([alice.id])
  await world.run(1000)
  expect(seen.at(-1)).toEqual([])
  end()
})

test('keys are told once in 10 s, and the end 10 s after the last one', async () => {
  const { alice, bob, world } = await makeTypists()
  for (let second = 0; second < 25; second++) {
    await key(alice, bob.id)
    await world.run(1000)
  }
  expect(signsTo(bob)).toEqual(['started', 'started', 'started'])
  await world.run(8900)
  expect(signsTo(bob)).toEqual(['started', 'started', 'started'])
  await world.run(1000)
  expect(signsTo(bob)).toEqual(['started', 'started', 'started', 'stopped'])
  expect(await bob.api.query('typing.list')).toEqual([])
})

test('an empty text ends it at once, and nothing is told if nothing was', async () => {
  const { alice, bob, world } = await makeTypists()
  await alice.api.command('typing.stop', { conversation: bob.id })
  await key(alice, bob.id)
  await alice.api.command('typing.stop', { conversation: bob.id })
  await world.run(20_000)
  expect(signsTo(bob)).toEqual(['started', 'stopped'])
})

test('the message itself ends it, without another word', async () => {
  const { alice, bob, world } = await makeTypists()
  await key(alice, bob.id)
  await world.run(100)
  expect(await bob.api.query('typing.list')).toEqual([alice.id])
  await alice.send(bob.id, 'Done')
  await world.run(100)
  expect(await bob.api.query('typing.list')).toEqual([])
  await world.run(20_000)
  expect(signsTo(bob)).toEqual(['started'])
})

test('it is neither queued nor sent again, nor told to own devices', async () => {
  const { alice, bob, world } = await makeTypists()
  const other = await secondDevice(alice)
  await other.api.command('settings.change', { typingIndicators: true })
  alice.device.isOnline = false
  await key(alice, bob.id)
  await world.run(15_000)
  alice.device.goOnline()
  await world.run(60_000)
  expect(signsTo(bob)).toEqual([])
  expect(signsTo(alice)).toEqual([])
  expect(alice.reported).toEqual([])
})

test('nothing goes out or is shown without the setting, nor to strangers, blocked people or oneself', async () => {
  const { alice, bob, world } = await makeFriends()
  await key(alice, bob.id)
  await world.run(1000)
  expect(signsTo(bob)).toEqual([])
  await alice.api.command('settings.change', { typingIndicators: true })
  await key(alice, bob.id)
  await world.run(1000)
  expect(signsTo(bob)).toEqual(['started'])
  expect(await bob.api.query('typing.list')).toEqual([])
  const carol = world.person('Carol')
  await carol.send(alice.id, 'Hi')
  await world.run()
  await key(alice, carol.id)
  await key(alice, alice.id)
  await alice.api.command('contacts.block', { contact: bob.id })
  await key(alice, bob.id)
  await world.run(20_000)
  expect(signsTo(carol)).toEqual([])
  expect(signsTo(alice)).toEqual([])
  expect(signsTo(bob)).toEqual(['started'])
})

test('old, forged and endless signs are not shown', async () => {
  const { alice, bob, world } = await makeTypists()
  sendRaw(alice, bob.id, now => ({ kind: 'typing', action: 'started', typedAt: now + 1, sentAt: now }))
  sendRaw(alice, bob.id, now => ({ kind: 'typing', action: 'started', typedAt: now - 60_000, sentAt: now - 60_000 }))
  const carol = world.person('Carol')
  sendRaw(carol, bob.id, now => ({ kind: 'typing', action: 'started', typedAt: now, sentAt: now }))
  await world.run(1000)
  expect(await bob.api.query('typing.list')).toEqual([])
  const waiting = world.clock.waiting
  for (let at = 0; at < 50; at++) {
    sendRaw(alice, bob.id, now => ({ kind: 'typing', action: 'started', typedAt: now, sentAt: now }))
  }
  await world.run(3000)
  expect(await bob.api.query('typing.list')).toEqual([alice.id])
  expect(world.clock.waiting).toBeLessThan(waiting + 5)
})
