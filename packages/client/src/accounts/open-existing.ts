import { type SqlDatabase } from '../store/sql.ts'
import { type AccountFiles } from './account-files.ts'
import { type AccountOrigin, readAccountOrigin } from './account-origin.ts'
import { type AccountSlot } from './account-slot.ts'
import { AccountsError } from './accounts-error.ts'
import { type DatabaseKey } from './database-key.ts'
import { StorageError } from './storage-error.ts'

/** A database, and whose it is. */
export interface OpenedDatabase {
  readonly database: SqlDatabase
  readonly origin: AccountOrigin
}

/**
 * Opens the database of an account whose key was found, and destroys the key, as the database has its own copy. The key was
 * authentic, so a database that it does not open is damaged, and is set aside.
 * @throws {AccountsError} `account.damaged`, `account.in-use`, `accounts.storage-full`, `accounts.storage-failed`
 */
export async function openExisting(files: AccountFiles, slot: AccountSlot, key: DatabaseKey): Promise<OpenedDatabase> {
  try {
    return await open(files, slot, key)
  } catch (cause) {
    if (!(cause instanceof StorageError)) throw cause
    if (cause.code === 'storage.damaged') await files.setAside(slot)
    throw accountsErrorOf(cause)
  } finally {
    key.wipe()
  }
}

async function open(files: AccountFiles, slot: AccountSlot, key: DatabaseKey): Promise<OpenedDatabase> {
  const database = await files.open(slot, key, 'existing')
  try {
    const origin = readAccountOrigin(database)
    if (origin === undefined) throw new StorageError('storage.damaged')
    return { database, origin }
  } catch (error) {
    database.close()
    throw error
  }
}

/** The same failure in words about the account. */
function accountsErrorOf(cause: StorageError): AccountsError {
  switch (cause.code) {
    case 'storage.damaged':
      return new AccountsError('account.damaged', {}, { cause })
    case 'storage.busy':
      return new AccountsError('account.in-use', {}, { cause })
    case 'storage.full':
      return new AccountsError('accounts.storage-full', {}, { cause })
    default:
      return new AccountsError('accounts.storage-failed', {}, { cause })
  }
}
