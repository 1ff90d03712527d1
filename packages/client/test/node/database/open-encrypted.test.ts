import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEncrypted } from '@sotto/client/node'
import { sqlDatabaseContract } from '@sotto/client/testing'
import { DatabaseKey } from '../../../src/accounts/database-key.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const key = new DatabaseKey(new Uint8Array(32).fill(7))

test.for(sqlDatabaseContract)('native: $name', ({ run }) => {
  const path = join(temporaryFolder(), 'messages.db')
  expect(() => run({ open: () => openEncrypted(path, key) })).not.toThrow()
})

test('the file is for its owner only', () => {
  const path = join(temporaryFolder(), 'messages.db')
  const database = openEncrypted(path, key)
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY)')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
  database.close()
})
