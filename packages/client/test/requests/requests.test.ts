import { expect, test } from 'vitest'
import { type Person, World } from '../support/world.ts'

/** How many stores this person's messages to that one were. */
function sentTo(world: World, person: Person): number {
  return world.network.stored.filter(({ owner }) => owner === person.id).length
}

async function kinds(person: Person, conversation: string): Promise<readonly (readonly [string, boolean])[]> {
  const { messages } = await person.api.query('messages.page', { conversation })
  return messages.map(({ kind, outgoing }) => [kind, outgoing] as const)
}

test('a stranger waits among the requests, and hears nothing', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'May I?')
  await world.run()
  expect(await bob.api.query('requests.list')).toEqual([
    {
      contact: alice.id,
      name: 'Alice',
      lastActivityAt: expect.any(Number),
      unreadCount: 1,
      preview: expect.objectContaining({ kind: 'text', body: 'May I?', sender: alice.id, outgoing: false }),
    },
  ])
  expect(await bob.api.query('requests.count')).toEqual({ all: 1, unread: 1 })
  expect(await bob.api.query('conversations.list')).toEqual([])
  expect(await bob.api.query('conversations.get', { conversation: alice.id })).toMatchObject({ request: 'incoming' })
  expect(await alice.api.query('conversations.get', { conversation: bob.id })).toMatchObject({ request: 'outgoing' })
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(60_000)
  expect(sentTo(world, alice)).toBe(1) // her own copy
})

test('answering accepts: the response goes first, 100 ms earlier', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'May I?')
  await world.run()
  await bob.send(alice.id, 'Sure')
  await world.run()
  expect(await bob.api.query('requests.list')).toEqual([])
  expect(await kinds(bob, alice.id)).toEqual([
    ['text', false],
    ['request-accepted', true],
    ['text', true],
  ])
  expect(await kinds(alice, bob.id)).toEqual([
    ['text', true],
    ['request-accepted', false],
    ['text', false],
  ])
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  expect((messages[2]?.sentAt ?? 0) - (messages[1]?.sentAt ?? 0)).toBe(100)
  expect(await alice.api.query('contacts.get', { contact: bob.id })).toMatchObject({
    approved: true,
    approvedMe: true,
    shownName: 'Bob',
  })
  expect(await alice.api.query('conversations.get', { conversation: bob.id })).toMatchObject({ request: 'none' })
})

test('accepting without a word tells them, once', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'May I?')
  await world.run()
  await bob.api.command('requests.accept', { contact: alice.id })
  await expect(bob.api.command('requests.accept', { contact: alice.id })).rejects.toThrow('client.not-a-request')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  expect(await kinds(alice, bob.id)).toEqual([
    ['text', true],
    ['request-accepted', false],
    ['text', false],
  ])
})

test('declining tells nobody, and who writes again asks again', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'May I?')
  await world.run()
  await bob.api.command('requests.decline', { contact: alice.id })
  await world.run()
  expect(await bob.texts(alice.id)).toEqual([])
  expect(await bob.api.query('requests.list')).toEqual([])
  expect(sentTo(world, alice)).toBe(1)
  await alice.send(bob.id, 'Please?')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['Please?'])
  await bob.api.command('requests.decline-all')
  expect(await bob.api.query('requests.count')).toEqual({ all: 0, unread: 0 })
})

test('who is blocked is not heard, until unblocked', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'May I?')
  await world.run()
  await bob.api.command('requests.block', { contact: alice.id })
  await alice.send(bob.id, 'Please?')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual([])
  expect(await bob.api.query('contacts.blocked')).toMatchObject([{ id: alice.id, blocked: true }])
  await expect(bob.send(alice.id, 'No')).rejects.toThrow('client.blocked')
  await bob.api.command('contacts.unblock', { contact: alice.id })
  await alice.send(bob.id, 'Thank you')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['Thank you'])
})

test('strangers fill only so much: people, messages of each, bytes of each', async () => {
  const world = new World()
  const bob = world.person('Bob', { limits: { requests: 2, requestMessages: 3, requestBytes: 3000 } })
  const strangers = ['A', 'B', 'C'].map(name => world.person(name))
  for (const stranger of strangers) {
    for (let count = 0; count < 5; count++) await stranger.send(bob.id, `${count}`)
    await world.run()
  }
  expect(await bob.api.query('requests.count')).toEqual({ all: 2, unread: 2 })
  for (const { contact } of await bob.api.query('requests.list')) {
    expect(await bob.texts(contact)).toEqual(['0', '1', '2'])
  }
  await bob.api.command('requests.decline-all')
  const [first] = strangers
  if (first === undefined) throw new Error('nobody')
  for (let count = 0; count < 3; count++) await first.send(bob.id, `${count}`.repeat(1500))
  await world.run()
  expect(await bob.texts(first.id)).toHaveLength(1)
})

test('a response that nobody waits for changes nothing', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const carol = world.person('Carol')
  bob.say(carol.id, { kind: 'request-response', approved: true })
  bob.say(carol.id, { kind: 'typing', action: 'started', typedAt: world.clock.now() })
  bob.say(carol.id, { kind: 'receipt', readMessages: [1] })
  await world.run()
  expect(sentTo(world, carol)).toBe(3)
  expect(await carol.api.query('conversations.list')).toEqual([])
  expect(await carol.api.query('requests.list')).toEqual([])
  expect(await carol.api.query('contacts.get', { contact: bob.id })).toBeUndefined()
  expect(carol.reported).toEqual([])
})

test('contents that this version does not know are kept, and shown as such', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const carol = world.person('Carol')
  bob.say(carol.id, { kind: 'unknown', bytes: Uint8Array.of(0xf2, 0x07, 0x01, 0x61) })
  await world.run()
  expect(await carol.api.query('requests.list')).toMatchObject([{ contact: bob.id, unreadCount: 1 }])
  const { messages } = await carol.api.query('messages.page', { conversation: bob.id })
  expect(messages).toMatchObject([{ kind: 'unsupported', body: undefined, hasMore: true }])
})
