import { AccountSeed, deriveAccountKeys, decodeRecoveryPhrase } from '@sotto/protocol/account'
import { decodeHex } from '@sotto/protocol/encoding'
import { expect, test } from 'vitest'
import { openMessenger } from '../../src/open-messenger.ts'
import { openPlainDatabase } from '../support/plain-database.ts'
import { World } from '../support/world.ts'

test('a new account has a name and words that it can be restored from', async () => {
  const world = new World()
  const alice = world.person('  Alice ')
  expect(await alice.api.query('account.get')).toEqual({
    id: alice.id,
    name: 'Alice',
    origin: 'created',
    createdAt: world.clock.now(),
  })
  const phrase = await alice.api.command('account.recovery-phrase')
  expect(deriveAccountKeys(decodeRecoveryPhrase(phrase)).accountId).toBe(alice.id)
  const digits = await alice.api.command('account.recovery-seed')
  expect(digits).toMatch(/^[0-9a-f]{32}$/)
  expect(deriveAccountKeys(new AccountSeed(decodeHex(digits))).accountId).toBe(alice.id)
})

test('a restored account has no name until it gets one, and keeps it', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const desk = world.person('', { phrase: await alice.api.command('account.recovery-phrase') })
  const bob = world.person('Bob')
  expect(await desk.api.query('account.get')).toMatchObject({ id: alice.id, name: undefined, origin: 'restored' })
  await desk.send(bob.id, 'guess who')
  await world.run()
  expect((await bob.api.query('contacts.get', { contact: alice.id }))?.name).toBeUndefined()
  await expect(desk.api.command('account.set-name', { name: ' ' })).rejects.toThrow('name.empty')
  await expect(desk.api.command('account.set-name', { name: 'é'.repeat(51) })).rejects.toThrow('name.too-long')
  await desk.api.command('account.set-name', { name: 'é'.repeat(50) })
  await desk.restart()
  expect(await desk.api.query('account.get')).toMatchObject({ name: 'é'.repeat(50) })
  await desk.send(bob.id, 'me')
  await world.run()
  expect((await bob.api.query('contacts.get', { contact: alice.id }))?.name).toBe('é'.repeat(50))
})

test('a database that nobody has made an account in is refused', () => {
  const world = new World()
  const { clock, random } = world
  const open = (): unknown =>
    openMessenger({ database: openPlainDatabase(), network: world.network.device(), clock, random })
  expect(open).toThrow('client.no-account')
})
