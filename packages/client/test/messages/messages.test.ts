import { expect, test } from 'vitest'
import { type Person, World } from '../support/world.ts'

async function friends(world: World): Promise<readonly [alice: Person, bob: Person]> {
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'hello')
  await world.run()
  await bob.send(alice.id, 'hello to you')
  await world.run()
  return [alice, bob]
}

test('a text has 1 to 2,000 code points, trimmed', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await expect(alice.send(bob.id, ' \n ')).rejects.toThrow('client.text-empty')
  await expect(alice.send(bob.id, '😀'.repeat(2001))).rejects.toThrow('client.text-too-long')
  await alice.send(bob.id, ` ${'😀'.repeat(2000)} `)
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['😀'.repeat(2000)])
  await expect(alice.send(bob.id.replace(/^05/, '03'), 'to a group')).rejects.toThrow('client.not-supported')
  await expect(alice.send('05ab', 'to nobody')).rejects.toThrow('client.bad-conversation')
})

test('the same id is the same message', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const args = { id: 'one', conversation: bob.id, body: 'hello' }
  const first = await alice.api.command('messages.send', args)
  expect(await alice.api.command('messages.send', args)).toEqual(first)
  await world.run()
  expect(await alice.api.command('messages.send', args)).toEqual(first)
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['hello'])
})

test('a reply shows what it replies to, or that it is missing', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  const quoted = messages.at(-1)
  await alice.send(bob.id, 'as you said', quoted?.id)
  await world.run()
  const seen = (await bob.api.query('messages.page', { conversation: alice.id })).messages.at(-1)
  expect(seen?.quote).toMatchObject({
    author: bob.id,
    authorName: undefined,
    original: { body: 'hello to you', deleted: 'no' },
  })
  await bob.api.command('conversations.clear', { conversation: alice.id })
  await alice.send(bob.id, 'again', quoted?.id)
  await world.run()
  const [again] = (await bob.api.query('messages.page', { conversation: alice.id })).messages
  expect(again?.quote).toEqual({ author: bob.id, authorName: undefined, sentAt: quoted?.sentAt, original: undefined })
  await expect(alice.send(bob.id, 'nothing', 999)).rejects.toThrow('client.unknown-message')
  await expect(alice.send(alice.id, 'elsewhere', quoted?.id)).rejects.toThrow('client.unknown-message')
})

test('mentions are found, named, and counted', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  await alice.send(bob.id, `ask @${bob.id} or @${alice.id} or @${'05'.padEnd(66, 'f')}0`)
  await world.run()
  const last = (await bob.api.query('messages.page', { conversation: alice.id })).messages.at(-1)
  expect(last?.mentions).toEqual([
    { start: 4, length: 67, account: bob.id, name: undefined },
    { start: 75, length: 67, account: alice.id, name: 'Alice' },
  ])
  const row = await bob.api.query('conversations.get', { conversation: alice.id })
  expect(row).toMatchObject({ unreadCount: 2, mentionCount: 1 })
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  expect(await bob.api.query('conversations.get', { conversation: alice.id })).toMatchObject({
    unreadCount: 0,
    mentionCount: 0,
  })
})

test('a conversation is read in pages, both ways, and around a message', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const ids: number[] = []
  for (let count = 0; count < 25; count++) ids.push(await alice.send(alice.id, `${count}`))
  const page = { conversation: alice.id, limit: 10 }
  const newest = await alice.api.query('messages.page', page)
  expect(newest).toMatchObject({ hasOlder: true, hasNewer: false })
  expect(newest.messages.map(({ body }) => Number(body))).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24])
  const before = newest.messages[0]?.position ?? ''
  const older = await alice.api.query('messages.page', { ...page, before })
  expect(older).toMatchObject({ hasOlder: true, hasNewer: true })
  expect(older.messages.map(({ body }) => Number(body))).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  const after = older.messages.at(-1)?.position ?? ''
  const newer = await alice.api.query('messages.page', { ...page, after })
  expect(newer).toMatchObject({ hasOlder: true, hasNewer: false })
  expect(newer.messages.map(({ id }) => id)).toEqual(newest.messages.map(({ id }) => id))
  const around = await alice.api.query('messages.page', { ...page, limit: 5, around: ids[3] ?? 0 })
  expect(around).toMatchObject({ hasOlder: true, hasNewer: true })
  expect(around.messages.map(({ body }) => Number(body))).toEqual([1, 2, 3, 4, 5])
  await expect(alice.api.query('messages.page', { ...page, around: 999 })).rejects.toThrow('client.unknown-message')
  await expect(alice.api.query('messages.page', { ...page, before: 'x' })).rejects.toThrow('client.bad-arguments')
})

test('everything about a message can be looked up', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  alice.device.isOnline = false
  const message = await alice.send(bob.id, 'slow')
  await world.run(10_000)
  const waiting = await alice.api.query('messages.info', { message })
  expect(waiting).toMatchObject({ state: 'queued', sender: alice.id })
  expect(waiting.deliveries).toMatchObject([
    { isCopy: false, failure: 'network.unreachable', failed: false, nextTryAt: expect.any(Number) },
    { isCopy: true, attempts: 0, nextTryAt: undefined },
  ])
  alice.device.goOnline()
  await world.run(60_000)
  const sent = await alice.api.query('messages.info', { message })
  expect(sent).toMatchObject({ state: 'sent', deliveries: [] })
  const [toBob] = world.network.stored.filter(({ hash }) => hash === sent.remoteHash)
  const [toSelf] = world.network.stored.filter(({ hash }) => hash === sent.hash)
  expect([toBob?.owner, toSelf?.owner]).toEqual([bob.id, alice.id])
  await expect(alice.api.query('messages.info', { message: 999 })).rejects.toThrow('client.unknown-message')
  expect(await alice.api.query('messages.get', { message: 999 })).toBeUndefined()
})

test('what a removed message was does not come back from any member', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  await bob.api.command('conversations.delete', { conversation: alice.id })
  await world.run(60_000)
  await bob.restart()
  await world.run(60_000)
  expect(await bob.texts(alice.id)).toEqual([])
  expect(await bob.api.query('conversations.list')).toEqual([])
  await alice.send(bob.id, 'still there?')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['still there?'])
  expect(await bob.api.query('conversations.list')).toMatchObject([{ id: alice.id, name: 'Alice', unreadCount: 1 }])
})

test('an answer stands after what it answers, although the clocks differ a little', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  bob.device.mistakeTime(-800)
  await alice.send(bob.id, 'a question')
  await world.run(200)
  await bob.send(alice.id, 'an answer')
  await world.run()
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    expect((await one.texts(other.id)).slice(-2)).toEqual(['a question', 'an answer'])
  }
})

test('a message from far in the future does not take the own times along', async () => {
  const world = new World()
  const [alice, bob] = await friends(world)
  alice.device.mistakeTime(60_000)
  await alice.send(bob.id, 'from tomorrow')
  await world.run(100)
  await bob.send(alice.id, 'now')
  const { messages } = await bob.api.query('messages.page', { conversation: alice.id })
  const own = messages.find(({ body }) => body === 'now')
  expect(own?.sentAt).toBeLessThan(world.clock.now() + 5000)
})
