import { type AccountId, type AccountKeys, deriveAccountKeys } from '@sotto/protocol/account'
import { type BlobFolder } from '../files/blob-folder.ts'
import { type SqlDatabase } from '../store/sql.ts'
import { type ExclusiveLock } from './account-files.ts'
import { type AccountOrigin } from './account-origin.ts'
import { type AccountSlot } from './account-slot.ts'
import { AccountsError } from './accounts-error.ts'

/** What an open account holds. */
export interface OpenAccountParts {
  readonly slot: AccountSlot
  readonly database: SqlDatabase
  readonly blobs: BlobFolder
  readonly origin: AccountOrigin
  readonly lock: ExclusiveLock
}

/** An account that is open in this process: its database and its keys, until it is locked. */
export class OpenAccount {
  readonly slot: AccountSlot
  readonly keys: AccountKeys
  readonly #parts: OpenAccountParts
  #locked = false

  constructor(parts: OpenAccountParts) {
    this.#parts = parts
    this.slot = parts.slot
    this.keys = deriveAccountKeys(parts.origin.seed)
  }

  get accountId(): AccountId {
    return this.keys.accountId
  }

  get isLocked(): boolean {
    return this.#locked
  }

  /**
   * How the account came to this device, with the seed that its recovery words say.
   * @throws {AccountsError} `account.not-open`
   */
  get origin(): AccountOrigin {
    this.#requireOpen()
    return this.#parts.origin
  }

  /**
   * For one writer. Whoever used it has stopped before the account is locked.
   * @throws {AccountsError} `account.not-open`
   */
  get database(): SqlDatabase {
    this.#requireOpen()
    return this.#parts.database
  }

  /** Sealed files beside the database. */
  get blobs(): BlobFolder {
    return this.#parts.blobs
  }

  /** Closes the database, destroys the keys in memory and lets others have the account. May be called twice. */
  async lock(): Promise<void> {
    if (this.#locked) return
    this.#locked = true
    const { database, origin, lock } = this.#parts
    try {
      database.close()
    } finally {
      origin.seed.wipe()
      this.keys.ed25519.wipe()
      this.keys.x25519.secretKey.wipe()
      await lock.release()
    }
  }

  #requireOpen(): void {
    if (this.#locked) throw new AccountsError('account.not-open')
  }
}
