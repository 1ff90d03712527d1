import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import {
  type AccountFiles,
  type AccountRecord,
  type DeviceKeys,
  type ExclusiveLock,
  maxHeaderBytes,
} from '../../accounts/account-files.ts'
import { type AccountSlot, isAccountSlot } from '../../accounts/account-slot.ts'
import { AccountsError } from '../../accounts/accounts-error.ts'
import { type DatabaseKey } from '../../accounts/database-key.ts'
import { StorageError } from '../../accounts/storage-error.ts'
import { type BlobFolder } from '../../files/blob-folder.ts'
import { type SqlDatabase } from '../../store/sql.ts'
import { openEncrypted } from '../database/open-encrypted.ts'
import { takeFileLock } from './file-lock.ts'
import { FolderDeviceKeys } from './folder-device-keys.ts'
import { FolderBlobs } from './folder-blobs.ts'
import { createPrivateFolder, destroyFile, readSmallFile, replacePrivateFile, syncFolder } from './private-file.ts'
import { withAccountsErrors } from './storage-failure.ts'

const database = 'messages.db'
const header = 'header.json'
/** The database and what the engine puts beside it, in the order in which it may be taken away. */
const databaseFiles = [database, `${database}-wal`, `${database}-shm`, `${database}-journal`]

/**
 * Accounts in a folder: `accounts/<slot>/` with `header.json`, `messages.db` and `files/`, and apart from that `keys/<slot>.key` of
 * accounts without a passphrase and `locks/<slot>.lock`. Only the owner has access (0700, 0600).
 */
export class FolderAccountFiles implements AccountFiles {
  readonly deviceKeys: DeviceKeys
  readonly #accounts: string
  readonly #keys: string
  readonly #locks: string

  /** @throws {AccountsError} `accounts.storage-failed`, `accounts.storage-full` */
  constructor(folder: string) {
    this.#accounts = join(folder, 'accounts')
    this.#keys = join(folder, 'keys')
    this.#locks = join(folder, 'locks')
    withAccountsErrors(() => {
      for (const each of [this.#accounts, this.#keys, this.#locks]) createPrivateFolder(each)
      syncFolder(folder)
    })
    this.deviceKeys = new FolderDeviceKeys(this.#keys)
  }

  /** Where an account lies: for its socket and other files that go with it. */
  folderOf(slot: AccountSlot): string {
    return join(this.#accounts, slot)
  }

  async list(): Promise<readonly AccountRecord[]> {
    return withAccountsErrors(() =>
      readdirSync(this.#accounts)
        .filter(isAccountSlot)
        .map(slot => ({ slot, state: this.#state(slot) })),
    )
  }

  async readHeader(slot: AccountSlot): Promise<Uint8Array | undefined> {
    const bytes = withAccountsErrors(() => readSmallFile(this.#path(slot, header), maxHeaderBytes))
    if (bytes === 'too-long') throw new AccountsError('account.bad-header')
    return bytes
  }

  async writeHeader(slot: AccountSlot, bytes: Uint8Array): Promise<void> {
    withAccountsErrors(() => {
      createPrivateFolder(this.folderOf(slot))
      replacePrivateFile(this.#path(slot, header), bytes)
      syncFolder(this.#accounts)
    })
  }

  async open(slot: AccountSlot, key: DatabaseKey, which: 'new' | 'existing'): Promise<SqlDatabase> {
    const path = this.#path(slot, database)
    if (which === 'existing' && !existsSync(path)) throw new StorageError('storage.damaged', { missing: true })
    withAccountsErrors(() => createPrivateFolder(this.folderOf(slot)))
    return openEncrypted(path, key)
  }

  blobs(slot: AccountSlot): BlobFolder {
    return new FolderBlobs(this.#path(slot, 'files'))
  }

  async setAside(slot: AccountSlot): Promise<void> {
    withAccountsErrors(() => {
      const prefix = this.#freePrefix(slot)
      for (const name of databaseFiles) {
        if (existsSync(this.#path(slot, name)))
          renameSync(this.#path(slot, name), this.#path(slot, `${prefix}-${name}`))
      }
      if (existsSync(this.folderOf(slot))) syncFolder(this.folderOf(slot))
    })
  }

  async remove(slot: AccountSlot): Promise<void> {
    withAccountsErrors(() => {
      destroyFile(this.#path(slot, header))
      destroyFile(join(this.#keys, `${slot}.key`))
      rmSync(this.folderOf(slot), { recursive: true, force: true })
      syncFolder(this.#accounts)
      this.#removeLockFile(slot)
    })
  }

  async lock(slot: AccountSlot): Promise<ExclusiveLock | undefined> {
    return withAccountsErrors(() => takeFileLock(this.#lockPath(slot)))
  }

  /** Its holder keeps it open, which Windows minds; an empty file that stays says nothing. */
  #removeLockFile(slot: AccountSlot): void {
    try {
      rmSync(this.#lockPath(slot), { force: true })
    } catch (error) {
      if (platform !== 'win32') throw error
    }
  }

  #lockPath(slot: AccountSlot): string {
    return join(this.#locks, `${slot}.lock`)
  }

  #state(slot: AccountSlot): AccountRecord['state'] {
    if (!existsSync(this.#path(slot, header))) return 'unfinished'
    return existsSync(this.#path(slot, database)) ? 'whole' : 'damaged'
  }

  #freePrefix(slot: AccountSlot): string {
    for (let count = 1; ; count++) {
      if (!existsSync(this.#path(slot, `damaged-${count}-${database}`))) return `damaged-${count}`
    }
  }

  #path(slot: AccountSlot, name: string): string {
    return join(this.#accounts, slot, name)
  }
}
