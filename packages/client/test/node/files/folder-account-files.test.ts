import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderAccountFiles } from '@sotto/client/node'
import { accountFilesContract } from '@sotto/client/testing'
import { parseAccountSlot } from '../../../src/accounts/account-slot.ts'
import { DatabaseKey } from '../../../src/accounts/database-key.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const slot = parseAccountSlot('ab'.repeat(16))
const key = new DatabaseKey(new Uint8Array(32).fill(7))

test.for(accountFilesContract)('folder: $name', async ({ run }) => {
  const folder = temporaryFolder()
  await expect(run({ files: () => new FolderAccountFiles(folder) })).resolves.toBe(undefined)
})

function everyPath(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))
}

test('nobody else has any rights, also where they had some before', async () => {
  const folder = join(temporaryFolder(), 'new', 'place')
  mkdirSync(join(folder, 'keys'), { recursive: true })
  chmodSync(join(folder, 'keys'), 0o777)
  const files = new FolderAccountFiles(folder)
  const database = await files.open(slot, key, 'new')
  database.exec('CREATE TABLE one (id INTEGER)')
  await files.writeHeader(slot, Uint8Array.of(1))
  await files.deviceKeys.wrap(slot, key)
  const paths = everyPath(folder)
  expect(paths.map(path => path.slice(folder.length + 1)).toSorted()).toEqual([
    'accounts',
    `accounts/${slot}`,
    `accounts/${slot}/header.json`,
    `accounts/${slot}/messages.db`,
    `accounts/${slot}/messages.db-wal`,
    'keys',
    `keys/${slot}.key`,
    'locks',
  ])
  expect(paths.filter(path => (statSync(path).mode & 0o077) !== 0)).toEqual([])
  database.close()
})

test('a place that cannot be written to says so', async () => {
  const folder = temporaryFolder()
  const files = new FolderAccountFiles(folder)
  mkdirSync(join(folder, 'accounts', slot, 'header.json'), { recursive: true })
  await expect(files.readHeader(slot)).rejects.toMatchObject({ code: 'accounts.storage-failed' })
  await expect(files.writeHeader(slot, Uint8Array.of(1))).rejects.toMatchObject({ code: 'accounts.storage-failed' })
})
