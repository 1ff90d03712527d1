import { type ContentBody } from '@sotto/protocol/message'
import { expect, test } from 'vitest'
import { World } from '../support/world.ts'

test('a nickname stands before the name, and can be taken away', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  await ann.send(bob.id, 'hello')
  await world.run()
  await bob.send(ann.id, 'hello')
  const contact = ann.id
  await bob.api.command('contacts.set-nickname', { contact, nickname: ' Annie ' })
  expect(await bob.api.query('contacts.list')).toMatchObject([{ name: 'Ann', nickname: 'Annie', shownName: 'Annie' }])
  expect(await bob.api.query('conversations.list')).toMatchObject([{ name: 'Annie' }])
  await bob.api.command('contacts.set-nickname', { contact })
  expect(await bob.api.query('contacts.get', { contact })).toMatchObject({ nickname: undefined, shownName: 'Ann' })
  const long = { contact, nickname: 'é'.repeat(51) }
  await expect(bob.api.command('contacts.set-nickname', long)).rejects.toThrow('name.too-long')
  const nobody = { contact: '05'.padEnd(66, 'a'), nickname: 'Nobody' }
  await expect(bob.api.command('contacts.set-nickname', nobody)).rejects.toThrow('client.unknown-contact')
})

test('a name comes with messages, the newer one wins, and nobody renames oneself', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  await ann.send(bob.id, 'hello')
  await world.run()
  const say = async (profile: Extract<ContentBody, { kind: 'message' }>['profile']): Promise<string | undefined> => {
    ann.say(bob.id, { kind: 'message', body: 'hello', attachments: [], profile })
    await world.run()
    return (await bob.api.query('contacts.get', { contact: ann.id }))?.shownName
  }
  const now = Math.floor(world.clock.now() / 1000)
  expect(await say({ name: 'Old Ann', updatedAtSeconds: now - 1000 })).toBe('Ann')
  expect(await say({ name: 'New Ann', updatedAtSeconds: now + 10 })).toBe('New Ann')
  expect(await say({ name: 'Other Ann', updatedAtSeconds: now + 10 })).toBe('New Ann')
  expect(await say({ name: 'a'.repeat(200), updatedAtSeconds: now + 20 })).toBe('a'.repeat(100))
  expect(await say(undefined)).toBe('a'.repeat(100))
  await ann.api.command('account.set-name', { name: 'Anna' })
  bob.say(bob.id, { kind: 'message', body: 'hello', attachments: [], profile: { name: 'Not Bob' } })
  await world.run()
  expect(await bob.api.query('account.get')).toMatchObject({ name: 'Bob' })
})

test('a deleted contact is gone with everything that was said, and is a stranger when writing again', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  await ann.send(bob.id, 'hello')
  await world.run()
  await bob.send(ann.id, 'hello')
  await world.run()
  await bob.api.command('contacts.delete', { contact: ann.id })
  expect(await bob.api.query('conversations.list')).toEqual([])
  expect(await bob.api.query('contacts.list')).toEqual([])
  await ann.send(bob.id, 'why?')
  await world.run()
  expect(await bob.api.query('requests.list')).toMatchObject([{ contact: ann.id, unreadCount: 1 }])
})

test('nobody blocks oneself; who never wrote can be blocked', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  await expect(bob.api.command('contacts.block', { contact: bob.id })).rejects.toThrow('client.own-account')
  await bob.api.command('contacts.block', { contact: ann.id })
  await ann.send(bob.id, 'hello')
  await world.run()
  expect(await bob.texts(ann.id)).toEqual([])
  expect(await bob.api.query('contacts.blocked')).toMatchObject([{ id: ann.id }])
})

test('what waited for somebody who is blocked now is not sent', async () => {
  const world = new World()
  const bob = world.person('Bob')
  const ann = world.person('Ann')
  bob.device.isOnline = false
  const message = await bob.send(ann.id, 'hello')
  await world.run()
  await bob.api.command('contacts.block', { contact: ann.id })
  bob.device.goOnline()
  await world.run(60_000)
  expect(await ann.texts(bob.id)).toEqual([])
  expect(await bob.api.query('messages.get', { message })).toMatchObject({ state: 'failed', failure: 'outbox.blocked' })
  await expect(bob.api.command('messages.resend', { message })).rejects.toThrow('client.blocked')
  await bob.api.command('contacts.unblock', { contact: ann.id })
  await bob.api.command('messages.resend', { message })
  await world.run()
  expect(await ann.texts(bob.id)).toEqual(['hello'])
})
