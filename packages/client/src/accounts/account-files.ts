import { type BlobFolder } from '../files/blob-folder.ts'
import { type SqlDatabase } from '../store/sql.ts'
import { type AccountSlot } from './account-slot.ts'
import { type DatabaseKey } from './database-key.ts'

/**
 * One account as it lies on this device. A `damaged` one has a header and no database any more, as that was set aside; an
 * `unfinished` one has no header: a crash left it while it was being made or removed, and nobody can open it.
 */
export interface AccountRecord {
  readonly slot: AccountSlot
  readonly state: 'whole' | 'damaged' | 'unfinished'
}

/** Held by one process, or by one tab, at a time. It ends with its holder, however that dies. */
export interface ExclusiveLock {
  /** May be called twice. */
  release(): Promise<void>
}

/**
 * Wraps database keys of accounts without a passphrase, under a key of the device that lies apart from the database: it
 * protects a copied database and nothing else. Architecture §5.
 */
export interface DeviceKeys {
  /** Makes the key of this slot, in place of an earlier one, and wraps. At most 256 bytes. */
  wrap(slot: AccountSlot, key: DatabaseKey): Promise<Uint8Array>
  /** `undefined` if the key of this slot is gone, or another one. */
  unwrap(slot: AccountSlot, wrapped: Uint8Array): Promise<DatabaseKey | undefined>
  /** Destroys the key of this slot, if there is one. */
  forget(slot: AccountSlot): Promise<void>
}

/** Bytes of the longest header. */
export const maxHeaderBytes = 4096

/**
 * Where the accounts of a device live: for each a header, which is public but for the key that is wrapped in it, and an
 * encrypted database. Every method rejects with `AccountsError` `accounts.storage-failed` or `accounts.storage-full` where
 * the storage itself fails.
 */
export interface AccountFiles {
  readonly deviceKeys: DeviceKeys
  list(): Promise<readonly AccountRecord[]>
  /** At most `maxHeaderBytes`, a longer one is `account.bad-header`; `undefined` without an account. */
  readHeader(slot: AccountSlot): Promise<Uint8Array | undefined>
  /** All or nothing, also across a loss of power. The header before is overwritten with zeros where that is possible. */
  writeHeader(slot: AccountSlot, header: Uint8Array): Promise<void>
  /**
   * Begins a database or opens the one that is there: pages encrypted, nothing of it in temporary files, a commit on disk when
   * it returns. Only the holder of the lock may. Closing a database closes its files before anything else of this port runs.
   * @throws {StorageError} `storage.damaged`: none is there, it is not a database, or not one under this key
   */
  open(slot: AccountSlot, key: DatabaseKey, which: 'new' | 'existing'): Promise<SqlDatabase>
  /** Where sealed files of an account lie. `remove` takes them along. */
  blobs(slot: AccountSlot): BlobFolder
  /** Puts a damaged database out of the way, all of it, under another name; it is never opened nor overwritten again. */
  setAside(slot: AccountSlot): Promise<void>
  /** Destroys key material first, then everything else of the account. May be called again where it was interrupted. */
  remove(slot: AccountSlot): Promise<void>
  /** `undefined` while another holder has it. */
  lock(slot: AccountSlot): Promise<ExclusiveLock | undefined>
}
