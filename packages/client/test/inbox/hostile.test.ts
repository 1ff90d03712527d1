import { parseAccountId } from '@sotto/protocol/account'
import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { createProDecoy, sealInboxMessage, type TimedContent } from '@sotto/protocol/seal'
import { namespaces } from '@sotto/protocol/storage'
import { anyBytes, hostile } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ContentBody } from '@sotto/protocol/message'
import { type Person, World } from '../support/world.ts'

/** Lays bytes into somebody's inbox. */
function deposit(world: World, to: Person, data: Uint8Array): void {
  const now = world.clock.now()
  const expiry = now + 14 * 86_400_000
  const owner = parseAccountId(to.knownId)
  world.network.store({ owner, namespace: namespaces.inbox, timestamp: now, expiry, sigTimestamp: now, data })
}

/** What a client without scruples seals. */
function sealed(from: Person, to: Person, content: TimedContent): Uint8Array {
  const { keys, random } = from.client.context
  return sealInboxMessage(content, {
    sender: keys.ed25519,
    recipient: parseAccountId(to.knownId),
    ephemeral: new X25519KeyPair(new X25519SecretKey(random(32))),
    mark: { decoy: createProDecoy(random) },
  })
}

function storedRows(person: Person): Readonly<Record<string, number>> {
  const count = (table: string): number =>
    person.client.context.store.read(reader => Number(reader.get(`SELECT count(*) AS n FROM ${table}`)?.['n']))
  return { messages: count('messages'), raw: count('raw_messages'), contacts: count('contacts') }
}

test('whatever lies in the inbox, its neighbours arrive', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  let sent = 0
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer()), anyBytes(300), async (seeds, junk) => {
      const content = { kind: 'message', body: 'x', attachments: [], sentAt: 1000 + sent } as const
      const good = sealed(alice, bob, content)
      deposit(world, bob, fc.sample(hostile(good), { numRuns: 1, seed: seeds.next().value })[0] ?? junk)
      deposit(world, bob, junk)
      sent += 1
      await alice.send(bob.id, `${sent}`)
      await world.run(200)
    }),
    { numRuns: 40 },
  )
  await world.run(5000)
  const texts = await bob.texts(alice.id)
  for (let each = 1; each <= sent; each++) expect(texts).toContain(`${each}`)
  expect(bob.reported).toEqual([])
})

test('what does not open is kept within bounds, the newest of it', async () => {
  const world = new World()
  const bob = world.person('Bob', { limits: { rawMessages: 5, rawBytes: 2000, rawMs: 3_600_000 } })
  for (let each = 0; each < 20; each++) deposit(world, bob, Uint8Array.of(9, each))
  await world.run()
  expect(storedRows(bob)).toMatchObject({ raw: 5 })
  for (let each = 0; each < 4; each++) deposit(world, bob, new Uint8Array(900).fill(each))
  await world.run()
  expect(storedRows(bob)).toMatchObject({ raw: 2 })
  for (let each = 0; each < 3; each++) deposit(world, bob, Uint8Array.of(0, 2, each)) // a format to come
  await world.run()
  expect(storedRows(bob)).toMatchObject({ raw: 5 })
  await bob.restart()
  await world.run()
  expect(storedRows(bob)).toMatchObject({ raw: 5 })
  await world.run(8 * 3_600_000)
  expect(storedRows(bob)).toMatchObject({ raw: 0 })
})

test('a contact who floods is kept within bounds, and others are heard', async () => {
  const world = new World()
  const limits = { intakeBytesPerDay: 200_000, bodyLength: 10_000, shortBodyLength: 10 }
  const bob = world.person('Bob', { limits })
  const mallory = world.person('Mallory')
  const alice = world.person('Alice')
  await bob.send(mallory.id, 'hello')
  await bob.send(alice.id, 'hello')
  await world.run()
  const huge = 'é'.repeat(35_000)
  for (let each = 0; each < 40; each++) {
    deposit(
      world,
      bob,
      sealed(mallory, bob, { kind: 'message', body: `${each}${huge}`, attachments: [], sentAt: each + 1 }),
    )
  }
  await alice.send(bob.id, 'still there?')
  await world.run(5000)
  expect(await bob.texts(alice.id)).toContain('still there?')
  const bytes = bob.client.context.store.read(reader =>
    Number(reader.get('SELECT sum(length(CAST(body AS BLOB))) AS n FROM messages')?.['n']),
  )
  expect(bytes).toBeLessThan(2 * 20_000 + 40 * 20 + 1000)
  world.clock.jump(86_400_000)
  deposit(world, bob, sealed(mallory, bob, { kind: 'message', body: huge, attachments: [], sentAt: world.clock.now() }))
  await world.run()
  const newest = (await bob.texts(mallory.id)).at(-1)
  expect(newest).toBe('é'.repeat(10_000))
})

test('nobody speaks for someone else', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const mallory = world.person('Mallory')
  await bob.send(alice.id, 'hello')
  await world.run()
  const say = (body: ContentBody): void => {
    deposit(world, bob, sealed(mallory, bob, { ...body, sentAt: world.clock.now() }))
  }
  say({ kind: 'message', body: 'a copy of what you never said', attachments: [], syncTarget: parseAccountId(alice.id) })
  say({ kind: 'unsend', targetSentAt: 1, targetAuthor: parseAccountId(alice.id) })
  say({
    kind: 'reaction',
    reaction: { targetSentAt: 1, targetAuthor: parseAccountId(bob.id), emoji: '👍', action: 'react' },
  })
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['hello'])
  expect(storedRows(bob)).toMatchObject({ messages: 1, contacts: 1, raw: 0 })
  expect(bob.reported).toEqual([])
})

test('the same content sealed anew is one message; another content at the same time is another one', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const first = { kind: 'message', body: 'one', attachments: [], sentAt: 5000 } as const
  for (let each = 0; each < 3; each++) deposit(world, bob, sealed(alice, bob, first))
  deposit(world, bob, sealed(alice, bob, { ...first, body: 'two' }))
  await world.run()
  expect(await bob.texts(alice.id)).toHaveLength(2)
  expect(new Set(await bob.texts(alice.id))).toEqual(new Set(['one', 'two']))
  expect(await bob.api.query('requests.list')).toMatchObject([{ unreadCount: 2 }])
})

test('a time in the future neither hides later messages nor keeps a conversation at the top', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const carol = world.person('Carol')
  await bob.send(alice.id, 'hello')
  await bob.send(carol.id, 'hello')
  await world.run()
  const sentAt = world.clock.now() + 365 * 86_400_000
  deposit(world, bob, sealed(alice, bob, { kind: 'message', body: 'from the future', attachments: [], sentAt }))
  await world.run()
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run()
  await carol.send(bob.id, 'now')
  await world.run()
  const rows = await bob.api.query('conversations.list')
  expect(rows.map(({ id, unreadCount }) => [id, unreadCount])).toEqual([
    [carol.id, 1],
    [alice.id, 0],
  ])
  await alice.send(bob.id, 'later')
  await world.run()
  expect((await bob.api.query('conversations.list'))[0]).toMatchObject({ id: alice.id, unreadCount: 1 })
})
