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
import { type WasmSqlite } from '../sqlite/wasm-sqlite.ts'
import { OpfsBlobs } from './opfs-blobs.ts'
import { databaseName, openDatabaseFiles } from './opfs-database-files.ts'
import { AccountRecords } from './records.ts'
import { withAccountsErrors } from './storage-failure.ts'
import { WebDeviceKeys } from './web-device-keys.ts'
import { tryWebLock } from './web-lock.ts'

/**
 * Accounts of an origin: databases in its private file system, `<name>/<slot>/messages.db`, with `files/` beside them; headers and keys of the device in
 * IndexedDB; locks of the browser. For a dedicated worker.
 */
export class WebAccountFiles implements AccountFiles {
  readonly deviceKeys: DeviceKeys
  readonly #name: string
  readonly #sqlite: WasmSqlite
  readonly #records: AccountRecords
  readonly #folder: FileSystemDirectoryHandle

  private constructor(name: string, sqlite: WasmSqlite, records: AccountRecords, folder: FileSystemDirectoryHandle) {
    this.#name = name
    this.#sqlite = sqlite
    this.#records = records
    this.#folder = folder
    this.deviceKeys = new WebDeviceKeys(records)
  }

  /** @throws {AccountsError} `accounts.storage-failed` where the browser has no such storage or refuses it */
  static async open(sqlite: WasmSqlite, name = 'sotto-accounts'): Promise<WebAccountFiles> {
    return withAccountsErrors(async () => {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle(name, { create: true })
      return new WebAccountFiles(name, sqlite, await AccountRecords.open(name), folder)
    })
  }

  async list(): Promise<readonly AccountRecord[]> {
    return withAccountsErrors(async () => {
      const folders = new Set<string>()
      for await (const [folder] of this.#folder.entries()) folders.add(folder)
      const known = (await this.#records.slots()).map(String)
      const slots = [...new Set([...known, ...folders])].filter(isAccountSlot)
      return Promise.all(slots.map(async slot => ({ slot, state: await this.#state(slot, folders.has(slot)) })))
    })
  }

  async readHeader(slot: AccountSlot): Promise<Uint8Array | undefined> {
    const header = await withAccountsErrors(async () => this.#records.header(slot))
    if (header !== undefined && header.bytes.length > maxHeaderBytes) throw new AccountsError('account.bad-header')
    return header?.bytes
  }

  async writeHeader(slot: AccountSlot, bytes: Uint8Array): Promise<void> {
    await withAccountsErrors(async () => {
      const damaged = (await this.#records.header(slot))?.damaged ?? false
      await this.#records.putHeader(slot, { bytes: Uint8Array.from(bytes), damaged })
    })
  }

  async open(slot: AccountSlot, key: DatabaseKey, which: 'new' | 'existing'): Promise<SqlDatabase> {
    const files = await withAccountsErrors(async () => {
      if (which === 'existing' && !(await this.#isThere(slot)))
        throw new StorageError('storage.damaged', { missing: true })
      return openDatabaseFiles(await this.#folder.getDirectoryHandle(slot, { create: true }))
    })
    if (which === 'new' || files.main.getSize() > 0) return this.#sqlite.open(files, key)
    for (const file of [files.main, files.log, files.journal]) file.close()
    throw new StorageError('storage.damaged', { missing: true })
  }

  blobs(slot: AccountSlot): BlobFolder {
    return new OpfsBlobs(async create => {
      const folder = await this.#folder.getDirectoryHandle(slot, { create })
      return folder.getDirectoryHandle('files', { create })
    })
  }

  /** Files can't be renamed everywhere: a mark says that they are never to be opened again. */
  async setAside(slot: AccountSlot): Promise<void> {
    await withAccountsErrors(async () => {
      const header = await this.#records.header(slot)
      if (header !== undefined) await this.#records.putHeader(slot, { ...header, damaged: true })
    })
  }

  async remove(slot: AccountSlot): Promise<void> {
    await withAccountsErrors(async () => {
      await this.#records.deleteHeader(slot)
      await this.#records.deleteKey(slot)
      if (await has(this.#folder, slot)) await this.#folder.removeEntry(slot, { recursive: true })
    })
  }

  async lock(slot: AccountSlot): Promise<ExclusiveLock | undefined> {
    return withAccountsErrors(async () => tryWebLock(`${this.#name}/${slot}`))
  }

  /** Ends the connection to IndexedDB. Databases are closed by whoever opened them. */
  close(): void {
    this.#records.close()
  }

  async #state(slot: AccountSlot, hasFolder: boolean): Promise<AccountRecord['state']> {
    const header = await this.#records.header(slot)
    if (header === undefined) return 'unfinished'
    return hasFolder && (await this.#isThere(slot)) ? 'whole' : 'damaged'
  }

  async #isThere(slot: AccountSlot): Promise<boolean> {
    const header = await this.#records.header(slot)
    if (header?.damaged === true || !(await has(this.#folder, slot))) return false
    return has(await this.#folder.getDirectoryHandle(slot), databaseName)
  }
}

async function has(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  for await (const [each] of folder.entries()) if (each === name) return true
  return false
}
