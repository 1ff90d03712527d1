import { wipeBytes } from '@sotto/protocol/crypto'
import { type SqlDatabase } from '../store/sql.ts'
import { type AccountFiles } from './account-files.ts'
import { type AccountOrigin, writeAccountOrigin } from './account-origin.ts'
import { type AccountSlot } from './account-slot.ts'
import { DatabaseKey } from './database-key.ts'
import { formatKeyHeader } from './key-header.ts'
import { wrapKey, type WrapPorts } from './wrap-key.ts'

/** A new account, before it lies anywhere. */
export interface NewAccount {
  readonly slot: AccountSlot
  readonly origin: AccountOrigin
  readonly hint: string | undefined
  readonly passphrase: Uint8Array | undefined
}

/** Draws a key, begins the database with the seed in it, and then writes the header: without that nothing of it counts. */
export async function makeDatabase(ports: WrapPorts, files: AccountFiles, account: NewAccount): Promise<SqlDatabase> {
  const { slot, origin, hint, passphrase } = account
  const bytes = ports.random(32)
  const key = new DatabaseKey(bytes)
  wipeBytes(bytes)
  try {
    const wrap = await wrapKey(ports, slot, key, passphrase)
    const database = await files.open(slot, key, 'new')
    try {
      writeAccountOrigin(database, origin)
      await files.writeHeader(slot, formatKeyHeader(hint === undefined ? { wrap } : { wrap, hint }))
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } finally {
    key.wipe()
  }
}
