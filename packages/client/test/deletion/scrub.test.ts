import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccountSeed, parseDisplayName } from '@sotto/protocol/account'
import { expect, onTestFinished, test } from 'vitest'
import { writeAccountOrigin } from '../../src/accounts/account-origin.ts'
import { openMessenger } from '../../src/open-messenger.ts'
import { TypedClient } from '../../src/typed-client.ts'
import { accountOf, sendRaw } from '../support/friends.ts'
import { openPlainDatabase } from '../support/plain-database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Person, World } from '../support/world.ts'

/** One word, so that it would also stand in the index of words; in small letters, as the index has it. */
const CANARY = 'zanzibarcanary'
const files = ['a.db', 'a.db-wal', 'a.db-shm']

/** A client whose files are not encrypted, so that one can look into them, with the settings of the real ones. */
const openOver = (folder: string, world: World) => {
  const database = openPlainDatabase(join(folder, 'a.db'))
  database.exec('PRAGMA secure_delete = ON')
  const { clock, network, random } = world
  const client = openMessenger({ database, network: network.device(), clock, random })
  client.start()
  onTestFinished(async () => {
    const stopping = client.stop()
    await clock.advance(5000)
    await stopping
  })
  return new TypedClient(client)
}

const holdsCanary = (folder: string): boolean =>
  files.map(file => join(folder, file)).some(path => existsSync(path) && readFileSync(path).includes(CANARY))

/** A client that has got a message with the canary from a friend. */
const begin = async (send?: (friend: Person, to: string) => void) => {
  const world = new World()
  const friend = world.person('Friend')
  const folder = temporaryFolder()
  const database = openPlainDatabase(join(folder, 'a.db'))
  const seed = createAccountSeed(world.random)
  writeAccountOrigin(database, { seed, name: parseDisplayName('Alice'), createdAt: world.clock.now(), restored: false })
  database.close()
  const api = openOver(folder, world)
  const { id } = await api.query('account.get')
  await api.command('messages.send', { id: 'first', conversation: friend.id, body: 'Hello' })
  await world.run()
  if (send === undefined) await friend.send(id, `Look, a ${CANARY}!`)
  else send(friend, id)
  await world.run()
  const { messages } = await api.query('messages.page', { conversation: friend.id })
  const found = messages.find(({ attachments, body }) => attachments.length > 0 || body?.includes(CANARY))
  expect(found).toBeDefined()
  expect(holdsCanary(folder)).toBe(true)
  return { api, folder, friend, message: found?.id ?? 0, world }
}

test('what is deleted on this device is not on the disk a minute later', async () => {
  const { api, folder, message, world } = await begin()
  await api.command('deletion.delete', { messages: [message], scope: 'here' })
  await world.run(55_000)
  expect(holdsCanary(folder)).toBe(false)
})

test('nor what was kept of its files', async () => {
  const { api, folder, message, world } = await begin((friend, to) => {
    const attachments = [{ id: 1n, url: 'http://filev2.getsession.org/file/1', fileName: `${CANARY}.pdf` }]
    sendRaw(friend, to, now => ({ kind: 'message', attachments, sentAt: now }))
  })
  await api.command('deletion.delete', { messages: [message], scope: 'here' })
  await world.run(55_000)
  expect(holdsCanary(folder)).toBe(false)
})

test('nor is what its author wished back', async () => {
  const { api, folder, friend, world } = await begin()
  const { id: own } = await api.query('account.get')
  const sent = await friend.api.query('messages.page', { conversation: own })
  const messages = sent.messages.filter(({ body }) => body?.includes(CANARY)).map(({ id }) => id)
  const asking = friend.api.command('deletion.delete', { messages, scope: 'everywhere' })
  await world.run(55_000)
  await asking
  expect(holdsCanary(folder)).toBe(false)
})

test('nor what has expired', async () => {
  const expiry = { mode: 'after-send', timerSeconds: 60 } as const
  const { folder, world } = await begin((friend, to) => {
    const body = `For a minute: ${CANARY}`
    sendRaw(friend, to, now => ({ kind: 'message', body, attachments: [], expiry, sentAt: now }))
  })
  await world.run(115_000)
  expect(holdsCanary(folder)).toBe(false)
})

test('nor what went with its conversation, in whatever way', async () => {
  const { api, folder, friend, world } = await begin()
  await api.command('conversations.clear', { conversation: friend.id })
  await world.run(55_000)
  expect(holdsCanary(folder)).toBe(false)
  await friend.send((await api.query('account.get')).id, `${CANARY} again`)
  await world.run()
  expect(holdsCanary(folder)).toBe(true)
  await api.command('contacts.delete', { contact: accountOf(friend) })
  await world.run(55_000)
  expect(holdsCanary(folder)).toBe(false)
})

test('killed right after the deletion, it is finished after the next start', async () => {
  const { api, folder, message, world } = await begin()
  await api.command('deletion.delete', { messages: [message], scope: 'here' })
  const left = join(temporaryFolder(), 'left')
  mkdirSync(left)
  for (const file of files) if (existsSync(join(folder, file))) copyFileSync(join(folder, file), join(left, file))
  expect(holdsCanary(left)).toBe(true)
  openOver(left, world)
  await world.run(55_000)
  expect(holdsCanary(left)).toBe(false)
})
