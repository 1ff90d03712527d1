import { expect, onTestFinished, test } from 'vitest'
import { type AccountsError } from '../../../src/accounts/accounts-error.ts'
import { MessengerHome } from '../../../src/node/home/messenger-home.ts'
import { TypedClient } from '../../../src/typed-client.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Nobody listens there: the discard port. */
const unreachable = { kind: 'seeds', seeds: [{ url: 'https://127.0.0.1:9/' }] } as const
const stranger = `05${'ab'.repeat(31)}ac`

function openHome(folder: string): MessengerHome {
  const home = new MessengerHome({ folder, network: unreachable, policy: quickPolicy, onProblem: () => undefined })
  onTestFinished(async () => home.stop())
  return home
}

test('without any network a message is kept, and is still there after a restart', async () => {
  const folder = temporaryFolder()
  const home = openHome(folder)
  const account = await home.accounts.create('Ada')
  const { slot } = account
  const { client } = await home.start(account)
  await client.command('messages.send', { id: 'one', conversation: stranger, body: 'Hello' })
  expect(await client.query('connection.get')).toMatchObject({ queued: 1 })
  await home.stop()

  const again = openHome(folder)
  const running = await again.start(await again.accounts.unlock(slot))
  const { messages } = await running.client.query('messages.page', { conversation: stranger })
  expect(messages).toMatchObject([{ body: 'Hello', state: 'queued' }])
})

test('an account that one home has open is asked through it by another one, and locked', async () => {
  const folder = temporaryFolder()
  const holder = openHome(folder)
  const running = await holder.start(await holder.accounts.create('Ada'))
  const other = openHome(folder)
  const inUse = expect.objectContaining({ code: 'account.in-use' }) as AccountsError
  await expect(other.accounts.unlock(running.slot)).rejects.toThrow(inUse)
  const remote = await other.connect(running.slot)
  if (remote === undefined) throw new Error('nobody serves')
  expect((await new TypedClient(remote).query('account.get')).id).toBe(running.accountId)
  await remote.command('holder.lock', undefined).catch(() => undefined)
  await expect.poll(() => running.stopped.aborted).toBe(true)
  remote.close()
  const account = await other.accounts.unlock(running.slot)
  expect(account.accountId).toBe(running.accountId)
  await account.lock()
})

test('nobody serves an account that is locked', async () => {
  const home = openHome(temporaryFolder())
  const account = await home.accounts.create('Ada')
  await home.accounts.lock(account.slot)
  expect(await home.connect(account.slot)).toBeUndefined()
})

test('starting twice is starting once', async () => {
  const home = openHome(temporaryFolder())
  const account = await home.accounts.create('Ada')
  expect(await home.start(account)).toBe(await home.start(account))
})

test('seeds are not asked past a proxy', () => {
  const options = { folder: temporaryFolder(), network: unreachable, proxy: { host: '127.0.0.1', port: 9050 } }
  const refused = expect.objectContaining({ code: 'home.seeds-past-proxy' }) as Error
  expect(() => new MessengerHome(options)).toThrow(refused)
})
