import { expect, test } from 'vitest'
import { makeFriends, newestOf, sendRaw } from '../support/friends.ts'
import { type Person, World } from '../support/world.ts'

async function unseen(person: Person, since = 0): Promise<readonly unknown[]> {
  return (await person.api.query('notifications.unseen', { since })).map(({ kind, name, body }) => [kind, name, body])
}

test('what came after a time and is not read is told, newest first', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.api.command('conversations.mark-read', { conversation: bob.id })
  const since = world.clock.now()
  const answers: number[] = []
  alice.api.watch('notifications.unseen', { since }, { onResult: entries => answers.push(entries.length) })
  expect(await unseen(alice, since)).toEqual([])
  for (const body of ['one', 'x'.repeat(400)]) {
    await bob.send(alice.id, body)
    await world.run()
  }
  await alice.send(bob.id, 'of my own')
  await world.run()
  const entries = [
    ['message', 'Bob', 'x'.repeat(300)],
    ['message', 'Bob', 'one'],
  ]
  expect(await unseen(alice, since)).toEqual(entries)
  expect(answers.at(-1)).toBe(2)
  const [newest] = await alice.api.query('notifications.unseen', { since })
  expect(await unseen(alice, newest?.receivedAt)).toEqual([])
  // The clock of this device goes wrong, and the time that the page asks for with it.
  alice.device.mistakeTime(-3_600_000)
  expect(await unseen(alice, since + 3_600_000)).toEqual(entries)
  alice.device.mistakeTime(0)
  await alice.api.command('conversations.mark-read', { conversation: bob.id })
  await world.run()
  expect([await unseen(alice, since), answers.at(-1)]).toEqual([[], 0])
})

test('whoever is muted, blocked or hidden is silent; mentions only lets mentions and replies through', async () => {
  const { alice, bob, world } = await makeFriends()
  const conversation = bob.id
  const id = await alice.send(bob.id, 'a question')
  await world.run()
  const quote = (await newestOf(alice, bob.id)).sentAt
  const bodies = ['plain', `for @${alice.id}`]
  for (const body of bodies) {
    sendRaw(bob, alice.id, sentAt => ({ kind: 'message', body, attachments: [], sentAt }))
    await world.run()
  }
  const reply = { kind: 'message', body: 'an answer', attachments: [] } as const
  sendRaw(bob, alice.id, sentAt => ({
    ...reply,
    quote: { sentAt: quote, author: alice.client.accountId, attachments: [] },
    sentAt,
  }))
  await world.run()
  const all = [
    ['message', 'Bob', 'an answer'],
    ['message', 'Bob', bodies[1]],
    ['message', 'Bob', 'plain'],
    ['message', 'Bob', 'Hello, Alice'],
  ]
  expect(id).toBeGreaterThan(0)
  expect(await unseen(alice)).toEqual(all)
  const { store } = alice.client.context
  store.write(tx => tx.run('UPDATE conversations SET notifications = 3 WHERE id = ?', conversation))
  expect(await unseen(alice)).toEqual(all.slice(0, 2))
  const set = async (mode: 'all' | 'none', until?: number): Promise<void> =>
    alice.api.command('conversations.set-notifications', {
      conversation,
      mode,
      ...(until === undefined ? {} : { until }),
    })
  await set('none')
  expect(await unseen(alice)).toEqual([])
  expect(await alice.api.query('conversations.unread')).toEqual({ messages: 0, conversations: 0 })
  await set('all')
  expect(await unseen(alice)).toEqual(all)
  await set('none', Math.ceil(world.clock.now() / 1000) + 60)
  expect(await unseen(alice)).toEqual([])
  expect(await alice.api.query('conversations.get', { conversation })).toMatchObject({ notifications: 'all' })
  await world.run(61_000)
  expect(await unseen(alice)).toEqual(all)
  await alice.api.command('contacts.block', { contact: bob.id })
  expect(await unseen(alice)).toEqual([])
})

test('of requests only the first one is told, until there is none', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const ask = async (name: string): Promise<Person> => {
    const person = world.person(name)
    await person.send(alice.id, `${name} here`)
    await world.run()
    return person
  }
  const ann = await ask('Ann')
  const bob = await ask('Bob')
  await ann.send(alice.id, 'hello?')
  await world.run()
  expect(await unseen(alice)).toEqual([['request', 'Ann', undefined]])
  await alice.api.command('requests.decline', { contact: ann.id })
  expect(await unseen(alice)).toEqual([])
  await ask('Cid')
  expect(await unseen(alice)).toEqual([])
  await alice.api.command('requests.decline-all')
  await ask('Dee')
  expect(await unseen(alice)).toEqual([['request', 'Dee', undefined]])
  const [dee] = await alice.api.query('requests.list')
  await alice.api.command('conversations.mark-read', { conversation: dee?.contact ?? '' })
  expect(await unseen(alice)).toEqual([])
  expect(bob.id).not.toBe(alice.id)
})

test('there are 50 at most', async () => {
  const { alice, bob, world } = await makeFriends()
  for (let count = 0; count < 60; count++) await bob.send(alice.id, `${count}`)
  await world.run(10_000)
  const all = await unseen(alice)
  expect(all).toHaveLength(50)
  expect(all[0]).toEqual(['message', 'Bob', '59'])
})

test('what one is told of is set by conversation', async () => {
  const { alice, bob } = await makeFriends()
  const set = async (conversation: string, mode: 'all' | 'mentions' | 'none', until?: number): Promise<void> =>
    alice.api.command('conversations.set-notifications', {
      conversation,
      mode,
      ...(until === undefined ? {} : { until }),
    })
  const bad = 'client.bad-arguments'
  await expect(set(bob.id, 'mentions')).rejects.toThrow(bad)
  await expect(set(bob.id, 'all', 5)).rejects.toThrow(bad)
  await alice.api.command('conversations.open', { conversation: alice.id })
  await expect(set(alice.id, 'none')).rejects.toThrow(bad)
  await expect(set('05'.padEnd(66, 'e'), 'none')).rejects.toThrow('client.unknown-conversation')
  const get = async (): Promise<unknown> => {
    const { mutedUntilSeconds, notifications } = (await alice.api.query('conversations.list'))[0] ?? {}
    return [notifications, mutedUntilSeconds]
  }
  await alice.api.command('conversations.pin', { conversation: bob.id, pinned: true })
  expect(await get()).toEqual(['all', 0])
  await set(bob.id, 'none', 5000)
  expect(await get()).toEqual(['all', 5000])
  await set(bob.id, 'none')
  expect(await get()).toEqual(['none', 0])
  await set(bob.id, 'all')
  expect(await get()).toEqual(['all', 0])
})
