import { expect, test } from 'vitest'
import { type Person, World } from '../support/world.ts'

async function names(person: Person): Promise<readonly (string | undefined)[]> {
  return (await person.api.query('conversations.list')).map(({ name }) => name)
}

/** Bob, with three people whom he has answered, the last one last. */
async function bobAndFriends(world: World): Promise<readonly [bob: Person, friends: readonly Person[]]> {
  const bob = world.person('Bob')
  const friends = ['Ann', 'Ben', 'Cid'].map(name => world.person(name))
  for (const friend of friends) {
    await friend.send(bob.id, `I am ${friend.id.slice(0, 4)}`)
    await world.run()
    await bob.send(friend.id, 'hello')
    await world.run()
  }
  return [bob, friends]
}

test('conversations are listed by pin, then by activity, with the newest message', async () => {
  const world = new World()
  const [bob, [ann, ben]] = await bobAndFriends(world)
  expect(await names(bob)).toEqual(['Cid', 'Ben', 'Ann'])
  await ann?.send(bob.id, `look, @${bob.id}`)
  await world.run()
  expect(await names(bob)).toEqual(['Ann', 'Cid', 'Ben'])
  await bob.api.command('conversations.pin', { conversation: ben?.id ?? '', pinned: true })
  expect(await names(bob)).toEqual(['Ben', 'Ann', 'Cid'])
  const rows = await bob.api.query('conversations.list')
  expect(rows.map(({ pinned }) => pinned)).toEqual([true, false, false])
  expect(rows[1]).toMatchObject({
    unreadCount: 2,
    mentionCount: 1,
    preview: { kind: 'text', outgoing: false, body: `look, @${bob.id}`, mentions: [{ account: bob.id }] },
  })
  expect(rows[2]?.preview).toMatchObject({ body: 'hello', outgoing: true, state: 'sent' })
  await bob.api.command('conversations.pin', { conversation: ben?.id ?? '', pinned: false })
  expect(await names(bob)).toEqual(['Ann', 'Cid', 'Ben'])
})

test('a conversation that was opened is listed before anything is said in it', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  await bob.api.command('conversations.open', { conversation: ann.id })
  await bob.api.command('conversations.open', { conversation: bob.id })
  const rows = await bob.api.query('conversations.list')
  expect(rows.map(({ id, kind, preview }) => [id, kind, preview])).toEqual([
    [bob.id, 'self', undefined],
    [ann.id, 'contact', undefined],
  ])
  expect(await bob.api.query('contacts.list')).toEqual([])
  expect(await bob.api.query('contacts.candidates')).toMatchObject([{ id: ann.id }])
  await bob.api.command('contacts.block', { contact: ann.id })
  expect(await bob.api.query('contacts.candidates')).toEqual([])
  expect(world.network.stored).toEqual([])
})

test('unread counts rise and fall, to a message or to the end, and can be forced', async () => {
  const world = new World()
  const [bob, [ann]] = await bobAndFriends(world)
  const conversation = ann?.id ?? ''
  await bob.api.command('conversations.mark-read', { conversation })
  for (const body of ['one', 'two', 'three']) await ann?.send(bob.id, body)
  await world.run()
  const { messages } = await bob.api.query('messages.page', { conversation })
  const two = messages.find(({ body }) => body === 'two')
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 5, conversations: 3 })
  await bob.api.command('conversations.mark-read', { conversation, upTo: two?.id ?? 0 })
  expect(await bob.api.query('conversations.get', { conversation })).toMatchObject({
    unreadCount: 1,
    lastReadAt: two?.sentAt,
  })
  await bob.api.command('conversations.mark-read', { conversation })
  await bob.api.command('conversations.mark-unread', { conversation })
  expect(await bob.api.query('conversations.get', { conversation })).toMatchObject({
    unreadCount: 0,
    forcedUnread: true,
  })
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 2, conversations: 3 })
  await bob.api.command('conversations.mark-read', { conversation })
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 2, conversations: 2 })
  const unknown = { conversation, upTo: 999 }
  await expect(bob.api.command('conversations.mark-read', unknown)).rejects.toThrow('client.unknown-message')
})

test('muted conversations do not count until the mute ends', async () => {
  const world = new World()
  const [bob, [ann]] = await bobAndFriends(world)
  const until = Math.floor(world.clock.now() / 1000) + 60
  await bob.api.command('conversations.mute', { conversation: ann?.id ?? '', until })
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 2, conversations: 2 })
  await world.run(61_000)
  expect(await bob.api.query('conversations.unread')).toEqual({ messages: 3, conversations: 3 })
})

test('a hidden or deleted conversation comes back with the next message, the deleted one without the old ones', async () => {
  const world = new World()
  const [bob, [ann, ben]] = await bobAndFriends(world)
  await bob.api.command('conversations.hide', { conversation: ann?.id ?? '' })
  await bob.api.command('conversations.delete', { conversation: ben?.id ?? '' })
  expect(await names(bob)).toEqual(['Cid'])
  await ann?.send(bob.id, 'again')
  await ben?.send(bob.id, 'again')
  await world.run()
  expect(new Set(await names(bob))).toEqual(new Set(['Ann', 'Ben', 'Cid']))
  expect(await bob.texts(ann?.id ?? '')).toHaveLength(3)
  expect(await bob.texts(ben?.id ?? '')).toEqual(['again'])
  expect(await bob.api.query('contacts.get', { contact: ben?.id ?? '' })).toMatchObject({ approved: true })
})

test('drafts are kept with what they reply to, and go when the message does', async () => {
  const world = new World()
  const [bob, [ann]] = await bobAndFriends(world)
  const conversation = ann?.id ?? ''
  const quote = { sentAt: 5, author: bob.id }
  await bob.api.command('conversations.set-draft', { conversation, text: 'well', quote })
  await bob.restart()
  expect(await bob.api.query('conversations.get', { conversation })).toMatchObject({ draft: 'well', draftQuote: quote })
  await bob.api.command('conversations.set-draft', { conversation, text: '' })
  expect((await bob.api.query('conversations.get', { conversation }))?.draft).toBeUndefined()
  await bob.api.command('conversations.set-draft', { conversation, text: 'well, well' })
  await bob.send(conversation, 'well, well')
  expect((await bob.api.query('conversations.get', { conversation }))?.draft).toBeUndefined()
})

test('what the user decides is in the journal, the newest of each', async () => {
  const world = new World()
  const [bob, [ann]] = await bobAndFriends(world)
  const conversation = ann?.id ?? ''
  await bob.api.command('conversations.pin', { conversation, pinned: true })
  await bob.api.command('conversations.pin', { conversation, pinned: false })
  await bob.api.command('conversations.mark-read', { conversation })
  await bob.api.command('contacts.set-nickname', { contact: conversation, nickname: 'Annie' })
  const sql = 'SELECT namespace, field, value FROM journal WHERE subject = ? ORDER BY namespace, field'
  const rows = bob.client.context.store.read(reader => reader.all(sql, conversation))
  expect(rows.map(({ namespace, field, value }) => [namespace, field, value])).toEqual([
    [3, '+', '0'],
    [3, 'A', 'true'],
    [3, 'N', '"Annie"'],
    [3, 'a', 'true'],
    [4, 'r', expect.stringMatching(/^\d{13}$/)],
  ])
})

test('there is nothing to do with conversations that are not there', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const conversation = '05'.padEnd(66, 'a')
  await expect(bob.api.command('conversations.hide', { conversation })).rejects.toThrow('client.unknown-conversation')
  await expect(bob.api.command('conversations.open', { conversation: '03'.padEnd(66, 'a') })).rejects.toThrow(
    'client.not-supported',
  )
  expect(await bob.api.query('conversations.get', { conversation })).toBeUndefined()
})

test('what was removed is not found any more, at once, and the index of words forgets it after a while', async () => {
  const world = new World()
  const bob = world.person('Bob')
  for (let count = 0; count < 60; count++) await bob.send(bob.id, `secret number ${count}`)
  await world.run(5000)
  const { store } = bob.client.context
  const indexed = (): unknown =>
    store.read(reader => reader.get("SELECT count(*) AS n FROM message_text WHERE message_text MATCH 'secret'")?.['n'])
  const waiting = (): unknown => store.read(reader => reader.get('SELECT count(*) AS n FROM removed_texts')?.['n'])
  expect(indexed()).toBe(60)
  await bob.api.command('conversations.clear', { conversation: bob.id })
  expect(await bob.texts(bob.id)).toEqual([])
  expect(await bob.api.query('search.messages', { text: 'secret' })).toEqual([])
  expect(waiting()).toBeGreaterThan(0)
  await bob.restart()
  await world.run(5000)
  const after = bob.client.context.store
  expect(after.read(reader => reader.all('SELECT id FROM removed_texts'))).toEqual([])
  const hits = after.read(reader => reader.all("SELECT rowid FROM message_text WHERE message_text MATCH 'secret'"))
  expect(hits).toEqual([])
  await bob.send(bob.id, 'another secret')
  expect(await bob.api.query('search.messages', { text: 'secret' })).toHaveLength(1)
})
