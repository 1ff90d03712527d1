import { type Reaction } from '@sotto/protocol/message'
import { expect, test } from 'vitest'
import { accountOf, makeFriends, newestOf, rowsOf, secondDevice, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const emojisAt = async (person: Person, conversation: string): Promise<readonly string[]> => {
  const { id } = await newestOf(person, conversation)
  const reactions = await person.api.query('reactions.list', { messages: [id] })
  return reactions.map(({ emoji, sender }) => `${emoji} ${sender === person.id ? 'me' : 'them'}`)
}

test('a reaction is seen on both sides, and taken away again', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id } = await newestOf(alice, bob.id)
  await alice.api.command('reactions.add', { message: id, emoji: '👍' })
  await alice.api.command('reactions.add', { message: id, emoji: '👍' }) // once more changes nothing
  await world.run()
  expect(await emojisAt(bob, alice.id)).toEqual(['👍 them'])
  expect(await emojisAt(alice, bob.id)).toEqual(['👍 me'])
  const { reactions } = await newestOf(bob, alice.id)
  expect(reactions).toEqual([{ emoji: '👍', senders: [alice.id] }])
  await alice.api.command('reactions.remove', { message: id, emoji: '👍' })
  await world.run()
  expect(await emojisAt(bob, alice.id)).toEqual([])
  expect(await emojisAt(alice, bob.id)).toEqual([])
})

test('another device of the same person sees it, under a time of its own', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id } = await newestOf(alice, bob.id)
  const other = await secondDevice(alice)
  await alice.api.command('reactions.add', { message: id, emoji: '🙈' })
  await world.run()
  expect(await emojisAt(other, bob.id)).toEqual(['🙈 me'])
  const [copy] = await other.api.query('reactions.list', { messages: [(await newestOf(other, bob.id)).id] })
  const [original] = await bob.api.query('reactions.list', { messages: [(await newestOf(bob, alice.id)).id] })
  expect(copy?.sentAt).not.toBe(original?.sentAt)
})

test('a note to self can have one too, on all devices', async () => {
  const { alice, world } = await makeFriends()
  const id = await alice.send(alice.id, 'a note')
  const other = await secondDevice(alice)
  await alice.api.command('reactions.add', { message: id, emoji: '✅' })
  await world.run()
  expect(await emojisAt(other, alice.id)).toEqual(['✅ me'])
  expect(await rowsOf(other, alice.id)).toHaveLength(1)
})

test('reacting is not a message: nothing is unread and no row is added', async () => {
  const { alice, bob, world } = await makeFriends()
  const before = await rowsOf(bob, alice.id)
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await alice.api.command('reactions.add', { message: (await newestOf(alice, bob.id)).id, emoji: '👍' })
  await world.run()
  expect(await rowsOf(bob, alice.id)).toHaveLength(before.length)
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 0, conversations: 0 })
})

test('twenty reactions go out in a minute, and then more after a while', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id } = await newestOf(alice, bob.id)
  const react = (at: number): Promise<void> =>
    alice.api.command(at % 2 === 0 ? 'reactions.add' : 'reactions.remove', { message: id, emoji: '👍' })
  for (let at = 0; at < 20; at++) {
    await react(at)
    await world.run(1000)
  }
  await expect(react(20)).rejects.toMatchObject({ code: 'reaction.too-many', detail: { waitMs: 40_000 } })
  await alice.restart()
  await expect(react(20)).rejects.toMatchObject({ code: 'reaction.too-many' })
  await world.run(40_000)
  await react(20)
  await world.run()
  expect(await emojisAt(bob, alice.id)).toEqual(['👍 them'])
})

test('only emoji are reactions, and only to messages that are there and were sent', async () => {
  const { alice, bob } = await makeFriends()
  const { id } = await newestOf(alice, bob.id)
  for (const emoji of ['', 'ok', '1', '👍 ', 'a👍', '#', '👍'.repeat(30), '\u200d']) {
    const reacting = alice.api.command('reactions.add', { message: id, emoji })
    await expect(reacting, emoji).rejects.toMatchObject({ code: 'reaction.not-an-emoji' })
  }
  for (const emoji of ['❤️', '1️⃣', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇨🇭', '👋🏽']) {
    await alice.api.command('reactions.add', { message: id, emoji })
  }
  const unknown = alice.api.command('reactions.add', { message: 99_999, emoji: '👍' })
  await expect(unknown).rejects.toMatchObject({ code: 'client.unknown-message' })
  alice.device.isOnline = false
  const unsent = await alice.send(bob.id, 'not yet')
  const early = alice.api.command('reactions.add', { message: unsent, emoji: '👍' })
  await expect(early).rejects.toMatchObject({ code: 'reaction.not-possible' })
})

test('not to people who were not accepted', async () => {
  const { alice, world } = await makeFriends()
  const carol = world.person('Carol')
  await carol.send(alice.id, 'Hi')
  await world.run()
  const { id } = await newestOf(alice, carol.id)
  const reacting = alice.api.command('reactions.add', { message: id, emoji: '👍' })
  await expect(reacting).rejects.toMatchObject({ code: 'client.unknown-contact' })
})

test('of several changes the newest counts, in whatever order they come', async () => {
  const { alice, bob, world } = await makeFriends()
  const { sentAt } = await newestOf(bob, alice.id)
  const change = (action: Reaction['action'], lag: number): void => {
    const reaction = { targetSentAt: sentAt, targetAuthor: accountOf(bob), emoji: '🦊', action } as const
    sendRaw(alice, bob.id, now => ({ kind: 'reaction', reaction, sentAt: now - lag }))
  }
  change('remove', 0)
  change('react', 5000)
  await world.run()
  expect(await emojisAt(bob, alice.id)).toEqual([])
  change('react', 0)
  change('remove', 5000)
  await world.run()
  expect(await emojisAt(bob, alice.id)).toEqual(['🦊 them'])
})

test('hostile reactions leave nothing behind', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id, sentAt } = await newestOf(bob, alice.id)
  const react = (emoji: string, targetSentAt: number, targetAuthor = accountOf(bob)): void => {
    const reaction = { targetSentAt, targetAuthor, emoji, action: 'react' } as const
    sendRaw(alice, bob.id, now => ({ kind: 'reaction', reaction, sentAt: now }))
  }
  react('visit evil.example', sentAt)
  react('👍', sentAt + 1)
  react('👍', sentAt, accountOf(alice))
  for (let at = 0; at < 40; at++) react(String.fromCodePoint(0x1f400 + at), sentAt)
  await world.run(3000)
  expect(await bob.api.query('reactions.list', { messages: [id] })).toHaveLength(20)
  expect(bob.reported).toEqual([])
})
