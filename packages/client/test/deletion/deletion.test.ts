import { namespaces } from '@sotto/protocol/storage'
import { openInboxMessage } from '@sotto/protocol/seal'
import { expect, test } from 'vitest'
import { accountOf, makeFriends, newestOf, rowsOf, secondDevice, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const shown = async (person: Person, conversation: string): Promise<readonly unknown[]> =>
  (await rowsOf(person, conversation)).map(({ body, deleted, kind }) => body ?? (deleted === 'no' ? kind : deleted))

const remove = (person: Person, messages: readonly number[], scope: 'here' | 'everywhere'): Promise<void> =>
  person.api.command('deletion.delete', { messages, scope })

/** Runs a command that waits for the network. */
const settled = async (person: Person, waiting: Promise<unknown>): Promise<unknown> => {
  const outcome = waiting.catch((error: unknown) => error)
  await person.world.run(30_000)
  return outcome
}

test('here: a place is left, which goes when it is deleted again, and others notice nothing', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id } = await newestOf(alice, bob.id)
  await bob.api.command('reactions.add', { message: (await newestOf(bob, alice.id)).id, emoji: '👍' })
  await world.run()
  const before = world.network.stored.length
  await remove(alice, [id], 'here')
  expect(await shown(alice, bob.id)).toEqual(['Hello, Bob', expect.anything(), 'here'])
  expect((await newestOf(alice, bob.id)).reactions).toEqual([])
  await remove(alice, [id, 99_999], 'here')
  expect(await shown(alice, bob.id)).toEqual(['Hello, Bob', expect.anything()])
  await world.run()
  expect(await shown(bob, alice.id)).toContain('Hello, Alice')
  expect(world.network.stored).toHaveLength(before)
})

test('here: an unread message is not counted any more, and a line goes at once', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.send(bob.id, 'unread')
  await world.run()
  const { unreadCount = 0 } = (await bob.api.query('conversations.get', { conversation: alice.id })) ?? {}
  await remove(bob, [(await newestOf(bob, alice.id)).id], 'here')
  expect(await bob.api.query('conversations.get', { conversation: alice.id })).toMatchObject({
    unreadCount: unreadCount - 1,
  })
  const line = (await rowsOf(bob, alice.id)).find(({ kind }) => kind === 'request-accepted')
  await remove(bob, [line?.id ?? 0], 'here')
  expect(await shown(bob, alice.id)).not.toContain('request-accepted')
})

test('here: what was never sent is not sent any more', async () => {
  const { alice, bob, world } = await makeFriends()
  alice.device.isOnline = false
  const id = await alice.send(bob.id, 'never mind')
  await world.run()
  await remove(alice, [id], 'here')
  alice.device.goOnline()
  await world.run(60_000)
  expect(await shown(alice, bob.id)).not.toContain('never mind')
  expect(await shown(bob, alice.id)).not.toContain('never mind')
})

test('everywhere: a place is left on all sides, and the own swarm has forgotten it', async () => {
  const { alice, bob, world } = await makeFriends()
  const other = await secondDevice(alice)
  const id = await alice.send(bob.id, 'a mistake')
  await world.run()
  expect(await shown(other, bob.id)).toContain('a mistake')
  const bodiesIn = (person: Person): readonly unknown[] =>
    world.network
      .box(accountOf(person), namespaces.inbox)
      .messages.map(({ data }) => openInboxMessage(data, person.client.context.keys.x25519).content)
      .map(content => ('body' in content ? content.body : content.kind))
  expect(bodiesIn(alice)).toContain('a mistake')
  expect(await settled(alice, remove(alice, [id], 'everywhere'))).toBeUndefined()
  expect(await shown(alice, bob.id)).toEqual(['Hello, Bob', expect.anything(), 'Hello, Alice', 'everywhere'])
  expect((await shown(bob, alice.id)).at(-1)).toBe('everywhere')
  expect((await shown(other, bob.id)).at(-1)).toBe('everywhere')
  expect(bodiesIn(alice)).not.toContain('a mistake')
  expect(bodiesIn(bob)).not.toContain('a mistake')
})

test('everywhere: each wish has a time of its own', async () => {
  const { alice, bob, world } = await makeFriends()
  const ids = [await alice.send(bob.id, 'one'), await alice.send(bob.id, 'two')]
  await world.run()
  const before = world.network.stored.length
  await settled(alice, remove(alice, ids, 'everywhere'))
  const times = world.network.stored.slice(before).map(({ data, owner }) => {
    const reader = owner === alice.id ? alice : bob
    return openInboxMessage(data, reader.client.context.keys.x25519).sentAt
  })
  expect(times).toHaveLength(4)
  expect(new Set(times).size).toBe(4)
})

test('everywhere: without the network nothing changes, nor for what is not own', async () => {
  const { alice, bob, world } = await makeFriends()
  const id = await alice.send(bob.id, 'a mistake')
  await world.run()
  alice.device.isOnline = false
  expect(await settled(alice, remove(alice, [id], 'everywhere'))).toMatchObject({ code: 'network.unreachable' })
  alice.device.goOnline()
  for (const member of world.network.members) world.network.silent.add(member)
  expect(await settled(alice, remove(alice, [id], 'everywhere'))).toMatchObject({ code: 'network.timed-out' })
  await world.run(60_000)
  expect(await shown(alice, bob.id)).toContain('a mistake')
  expect(await shown(bob, alice.id)).toContain('a mistake')
  const theirs = (await rowsOf(alice, bob.id)).find(({ body }) => body === 'Hello, Alice')
  await expect(remove(alice, [id, theirs?.id ?? 0], 'everywhere')).rejects.toMatchObject({ code: 'deletion.not-own' })
  const line = (await rowsOf(bob, alice.id)).find(({ kind }) => kind === 'request-accepted')
  await expect(remove(bob, [line?.id ?? 0], 'everywhere')).rejects.toMatchObject({ code: 'deletion.not-a-message' })
})

test('notes to self go without a trace, on all devices', async () => {
  const { alice, world } = await makeFriends()
  const other = await secondDevice(alice)
  const id = await alice.send(alice.id, 'a note')
  await alice.send(alice.id, 'another')
  await world.run()
  expect(await shown(other, alice.id)).toEqual(['a note', 'another'])
  await settled(alice, remove(alice, [id], 'everywhere'))
  expect(await shown(alice, alice.id)).toEqual(['another'])
  expect(await shown(other, alice.id)).toEqual(['another'])
  const third = await secondDevice(alice)
  await world.run()
  expect(await shown(third, alice.id)).toEqual(['another'])
})

test('nobody deletes the words of others', async () => {
  const { alice, bob, world } = await makeFriends()
  const mallory = world.person('Mallory')
  await mallory.send(bob.id, 'Hi')
  await bob.send(mallory.id, 'Hi')
  await world.run()
  const target = (await rowsOf(bob, alice.id)).find(({ body }) => body === 'Hello, Bob')
  const own = (await rowsOf(bob, alice.id)).find(({ body }) => body === 'Hello, Alice')
  const unsend = (from: Person, targetSentAt: number, author: Person): void => {
    const targetAuthor = accountOf(author)
    sendRaw(from, bob.id, now => ({ kind: 'unsend', targetSentAt, targetAuthor, sentAt: now }))
  }
  unsend(mallory, target?.sentAt ?? 0, alice)
  unsend(mallory, target?.sentAt ?? 0, mallory)
  unsend(alice, own?.sentAt ?? 0, bob)
  unsend(alice, own?.sentAt ?? 0, alice)
  unsend(alice, 5, alice)
  await world.run(5000)
  expect(await shown(bob, alice.id)).toEqual(expect.arrayContaining(['Hello, Bob', 'Hello, Alice']))
  expect(bob.reported).toEqual([])
})

test('however much is wished back, few requests follow', async () => {
  const { alice, bob, world } = await makeFriends()
  const times: number[] = []
  for (let at = 0; at < 250; at++) {
    times.push(sendRaw(alice, bob.id, now => ({ kind: 'message', body: `${at}`, attachments: [], sentAt: now })))
  }
  await world.run(20_000)
  for (const targetSentAt of times) {
    sendRaw(alice, bob.id, now => ({ kind: 'unsend', targetSentAt, targetAuthor: accountOf(alice), sentAt: now }))
  }
  await world.run(30_000)
  expect(world.network.asked.map(({ method }) => method).length).toBeLessThanOrEqual(5)
  expect(bob.reported).toEqual([])
  const { messages } = await bob.api.query('messages.page', { conversation: alice.id, limit: 100 })
  expect(messages.every(({ deleted }) => deleted === 'everywhere')).toBe(true)
})

test('what its author wished back does not come again', async () => {
  const { alice, bob, world } = await makeFriends()
  const message = { kind: 'message', body: 'once', attachments: [] } as const
  const sentAt = sendRaw(alice, bob.id, now => ({ ...message, sentAt: now }))
  await world.run()
  sendRaw(alice, bob.id, now => ({ kind: 'unsend', targetSentAt: sentAt, targetAuthor: accountOf(alice), sentAt: now }))
  await world.run(30_000)
  expect((await shown(bob, alice.id)).at(-1)).toBe('everywhere')
  sendRaw(alice, bob.id, () => ({ ...message, sentAt }))
  await world.run()
  expect((await shown(bob, alice.id)).filter(each => each === 'once')).toEqual([])
  expect(await rowsOf(bob, alice.id)).toHaveLength(4)
})

test('the account goes from the network when every node has signed that', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.send(alice.id, 'a note')
  await world.run()
  for (const member of world.network.members.slice(2)) world.network.silent.add(member)
  const erased = await settled(alice, alice.api.command('deletion.erase-from-network'))
  expect(erased).toMatchObject({ code: 'deletion.not-confirmed', detail: { confirmed: 2, members: 3 } })
  world.network.silent.clear()
  expect(await settled(alice, alice.api.command('deletion.erase-from-network'))).toEqual({ members: 3 })
  expect(world.network.box(accountOf(alice), namespaces.inbox).messages).toEqual([])
  expect(world.network.box(accountOf(bob), namespaces.inbox).messages).not.toEqual([])
})
