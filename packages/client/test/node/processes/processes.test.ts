import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { utf8Encode } from '@sotto/protocol/encoding'
import { connectAccount, FolderAccountFiles, systemClock, systemRandom } from '@sotto/client/node'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { RemoteApi } from '../../../src/channel/remote-api.ts'
import { Child } from '../../support/child.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

/** A locked account with the passphrase `right`. */
async function setUp() {
  const folder = temporaryFolder()
  const files = new FolderAccountFiles(folder)
  const accounts = new Accounts({ files, random: systemRandom, clock: systemClock, policy: quickPolicy })
  const { slot } = await accounts.create('Ada', { passphrase: utf8Encode('right') })
  await accounts.lock(slot)
  return { folder, files, accounts, slot }
}

test('killed while it writes: what was committed is there, all of it, and nothing by halves', async () => {
  const { folder, accounts, slot } = await setUp()
  let committed = -1
  for (let round = 0; round < 3; round++) {
    const child = new Child('write', folder, slot)
    for (let count = 0; count < 5 + round * 20; count++) await child.line()
    await child.kill()
    committed = Math.max(committed, ...child.said.map(Number))
    const { database } = await accounts.unlock(slot, utf8Encode('right'))
    const row = database.prepare('SELECT count(*) AS count, max(n) AS last FROM numbers').get()
    expect(row?.['last']).toBeGreaterThanOrEqual(committed)
    expect(Number(row?.['count']) % 2).toBe(0)
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    await accounts.lock(slot)
  }
})

test('two processes want an account: one has it, the other is told, and it is free when the first is killed', async () => {
  const { folder, files, accounts, slot } = await setUp()
  const rivals = [1, 2, 3].map(() => new Child('hold', folder, slot))
  const said = await Promise.all(rivals.map(async rival => rival.line()))
  expect(said.map(String).toSorted()).toEqual(['account.in-use {}', 'account.in-use {}', 'holds'])
  await expect(accounts.unlock(slot, utf8Encode('right'))).rejects.toEqual(code('account.in-use'))
  await expect(accounts.remove(slot)).rejects.toEqual(code('account.in-use'))

  const remote = new RemoteApi(await connectAccount(files.folderOf(slot)), { clock: systemClock })
  expect(await remote.query('anything', 1)).toBe(undefined)
  const holder = rivals[said.indexOf('holds')]
  await holder?.kill()
  await expect(remote.query('anything', 1)).rejects.toEqual(code('channel.closed'))
  await expect(connectAccount(files.folderOf(slot))).rejects.toEqual(code('channel.unreachable'))
  const opened = await accounts.unlock(slot, utf8Encode('right'))
  await opened.lock()
})

test('killed while the passphrase changes: the old or the new one opens the account', async () => {
  const { folder, accounts, slot } = await setUp()
  for (let round = 0; round < 3; round++) {
    const child = new Child('change', folder, slot)
    for (let count = 0; count < 3 + round; count++) await child.line()
    await child.kill()
    const right = await accounts.verify(slot, utf8Encode('right'))
    if (!right) await accounts.changePassphrase(slot, utf8Encode('left'), utf8Encode('right'))
    const opened = await accounts.unlock(slot, utf8Encode('right'))
    await opened.lock()
  }
  expect(JSON.parse(readFileSync(join(folder, 'accounts', slot, 'header.json'), 'utf8'))).toMatchObject({ version: 1 })
})
