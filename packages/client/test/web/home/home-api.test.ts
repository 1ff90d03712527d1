import { expect, test } from 'vitest'
import { FolderAccountFiles, systemClock } from '@sotto/client/node'
import { HomeClient, type HomeListing, type HomeStatus, type NetworkStatus } from '@sotto/client/web'
import { seededRandom } from '@sotto/testing'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { type OpenAccount } from '../../../src/accounts/open-account.ts'
import { DeletionError } from '../../../src/deletion/deletion-error.ts'
import { type AccountHost, type RunningClient } from '../../../src/web/home/account-host.ts'
import { HomeApi } from '../../../src/web/home/home-api.ts'
import { HomeError } from '../../../src/web/home/home-error.ts'
import { WorkerApi } from '../../../src/web/home/worker-api.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { ScriptedApi } from '../../support/scripted-api.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

class FakeHost implements AccountHost {
  readonly accounts: Accounts
  readonly api = new ScriptedApi()
  readonly #listeners = new Set<() => void>()
  status: NetworkStatus = { gateway: 'idle', online: true, network: 'unknown' }
  fails = false
  pokes = 0
  forgotten = 0

  constructor(folder: string) {
    const files = new FolderAccountFiles(folder)
    this.accounts = new Accounts({ files, random: seededRandom(7), clock: systemClock, policy: quickPolicy })
  }

  async start(account: OpenAccount): Promise<RunningClient> {
    if (this.fails) throw new HomeError('home.no-directory')
    const poke = (): void => void (this.pokes += 1)
    return { api: this.api, poke, stop: async () => account.lock() }
  }

  change(status: NetworkStatus): void {
    this.status = status
    for (const listener of this.#listeners) listener()
  }

  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async forgetNetwork(): Promise<void> {
    this.forgotten += 1
  }
}

function setUp() {
  const folder = temporaryFolder()
  const host = new FakeHost(folder)
  const api = new HomeApi(host, seededRandom(1))
  return { folder, host, api, home: new HomeClient(api) }
}

test('accounts are made, locked, opened, changed and removed by name', async () => {
  const { home, host } = setUp()
  const ada = await home.create('Ada', { passphrase: 'right', hint: 'not left' })
  const { slot } = ada
  host.api.answers.set('query account.get', args => ['answered', args])
  const account = home.account(slot)
  expect(await account.query('account.get')).toEqual(['answered', undefined])
  await home.poke()
  expect(host.pokes).toBe(1)
  await expect(home.unlock(slot, 'left')).rejects.toMatchObject({ code: 'account.wrong-passphrase' })
  expect(await home.unlock(slot, 'right')).toEqual(ada)
  await home.lock(slot)
  expect(await home.list()).toEqual([
    { slot, state: 'whole', protection: 'passphrase', hint: 'not left', accountId: undefined },
  ])
  await expect(account.query('account.get')).rejects.toMatchObject({ code: 'account.not-open' })
  await home.changePassphrase(slot, 'right', undefined)
  await home.setHint(slot, undefined)
  expect(await home.unlock(slot)).toEqual(ada)
  await home.remove(slot)
  expect(await home.list()).toEqual([])
  await home.remove(slot)
})

test('watches of the list and of an account follow it; those of an account end when it is locked', async () => {
  const { home, host } = setUp()
  const lists: (readonly HomeListing[])[] = []
  const stop = home.watchList({ onResult: list => lists.push(list) })
  const { slot, accountId } = await home.create('Ada')
  await expect.poll(() => lists.at(-1)).toMatchObject([{ slot, accountId }])
  host.api.answers.set('query account.get', () => 1)
  const errors: unknown[] = []
  const listener = { onResult: () => undefined, onError: (error: unknown) => errors.push(error) }
  home.account(slot).watch('account.get', undefined, listener)
  await home.lock(slot)
  expect(errors).toMatchObject([{ code: 'account.not-open' }])
  await expect.poll(() => lists.at(-1)?.[0]?.accountId).toBe(undefined)
  home.account(slot).watch('account.get', undefined, listener)
  expect(errors).toMatchObject([{ code: 'account.not-open' }, { code: 'account.not-open' }])
  const count = lists.length
  stop()
  await home.unlock(slot)
  expect(lists.length).toBe(count)
})

test('the way into the network is told and watched; each tab says itself what it is', async () => {
  const { api, home, host } = setUp()
  const worker = new WorkerApi(api, 'lock')
  const statuses: HomeStatus[] = []
  const stop = new HomeClient(worker).watchStatus({ onResult: status => statuses.push(status) })
  host.change({ gateway: 'waiting', online: true, network: 'ready', nextTryAt: 5 })
  worker.setRole('following')
  worker.setRole('leading')
  const told = { gateway: 'waiting', online: true, network: 'ready', nextTryAt: 5 }
  expect(statuses).toEqual([
    { gateway: 'idle', online: true, network: 'unknown', role: 'follows' },
    { ...told, role: 'follows' },
    { ...told, role: 'leads' },
  ])
  expect(await worker.query('home.status', undefined)).toEqual(statuses.at(-1))
  stop()
  host.change({ gateway: 'open', online: true, network: 'ready' })
  worker.setRole('waiting')
  expect(statuses).toHaveLength(3)
  expect(await worker.query('home.status', undefined)).toMatchObject({ gateway: 'open', role: 'follows' })
  expect(await worker.query('worker.lock', undefined)).toBe('lock')
  await home.forgetNetwork()
  expect(host.forgotten).toBe(1)
})

test('an account is erased from the network and then here, or not at all', async () => {
  const { home, host } = setUp()
  const { slot } = await home.create('Ada')
  host.api.answers.set('command deletion.erase-from-network', () => {
    throw new DeletionError('deletion.not-confirmed', { confirmed: 1, members: 3 })
  })
  await expect(home.erase(slot)).rejects.toMatchObject({ code: 'deletion.not-confirmed' })
  expect(await home.list()).toMatchObject([{ slot, accountId: expect.any(String) }])
  let isErased = false
  host.api.answers.set('command deletion.erase-from-network', () => {
    isErased = true
    return { members: 3 }
  })
  await home.erase(slot)
  expect([isErased, await home.list()]).toEqual([true, []])
  await expect(home.erase(slot)).rejects.toMatchObject({ code: 'account.not-open' })
})

test('what must not be done twice is refused by the next leader', async () => {
  const { api, host, home } = setUp()
  const { slot } = await home.create('Ada')
  const next = new HomeApi(host, seededRandom(2))
  const term = await api.query('home.term', undefined)
  const refused = { code: 'home.leader-changed' }
  await expect(next.command('home.create', { term, name: 'Ada' })).rejects.toMatchObject(refused)
  await expect(next.command('home.restore', { term, words: '' })).rejects.toMatchObject(refused)
  await expect(next.command('home.change-passphrase', { term, slot })).rejects.toMatchObject(refused)
  expect(await home.list()).toHaveLength(1)
})

test('an account that cannot be started is not kept, and one that was there stays locked', async () => {
  const { home, host, folder } = setUp()
  const ada = await home.create('Ada')
  await home.lock(ada.slot)
  host.fails = true
  await expect(home.create('Bob')).rejects.toMatchObject({ code: 'home.no-directory' })
  await expect(home.unlock(ada.slot)).rejects.toMatchObject({ code: 'home.no-directory' })
  expect(await home.list()).toMatchObject([{ slot: ada.slot, accountId: undefined }])
  const problems: unknown[] = []
  const started = new HomeApi(host, seededRandom(3), problem => problems.push(problem))
  await started.openUnprotected()
  expect(problems).toMatchObject([{ code: 'home.no-directory' }])
  host.fails = false
  await started.openUnprotected()
  expect(await new HomeClient(started).list()).toMatchObject([ada])
  await started.stop()
  expect(await new FakeHost(folder).accounts.unlock(ada.slot)).toMatchObject({ slot: ada.slot })
})

test('what is not known, and arguments that make no sense, are refused by name', async () => {
  const { api } = setUp()
  await expect(api.command('home.nothing', {})).rejects.toMatchObject({ code: 'client.unknown-command' })
  await expect(api.query('home.lock', {})).rejects.toMatchObject({ code: 'client.unknown-query' })
  await expect(api.command('home.unlock', { slot: 7 })).rejects.toMatchObject({ code: 'client.bad-arguments' })
  await expect(api.command('home.lock', { slot: '../x' })).rejects.toMatchObject({ code: 'accounts.bad-slot' })
  await expect(api.query('home.query', 'text')).rejects.toMatchObject({ code: 'client.bad-arguments' })
  const errors: unknown[] = []
  api.watch('home.term', undefined, { onResult: () => undefined, onError: error => errors.push(error) })
  expect(errors).toMatchObject([{ code: 'client.unknown-query' }])
})
