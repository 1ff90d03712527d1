import { type AccountSeed, createAccountSeed, type DisplayName, parseDisplayName } from '@sotto/protocol/account'
import { type RandomBytes, wipeBytes } from '@sotto/protocol/crypto'
import { type AccountFiles, type ExclusiveLock } from './account-files.ts'
import { type AccountListing, listAccounts } from './account-listing.ts'
import { type AccountSlot, createAccountSlot } from './account-slot.ts'
import { AccountsError } from './accounts-error.ts'
import { type DatabaseKey } from './database-key.ts'
import { formatKeyHeader, type KeyHeader, parseHint, parseKeyHeader } from './key-header.ts'
import { makeDatabase } from './make-database.ts'
import { OpenAccount } from './open-account.ts'
import { openExisting } from './open-existing.ts'
import { checkPassphrase, hashPassphraseHere, type PassphraseHash, type PassphrasePolicy } from './passphrase-hash.ts'
import { readRecovery } from './read-recovery.ts'
import { unwrapKey, wrapKey, type WrapPorts } from './wrap-key.ts'

/** What `Accounts` works with. */
export interface AccountsOptions {
  readonly files: AccountFiles
  readonly random: RandomBytes
  readonly clock: { now(): number; monotonic(): number }
  readonly policy: PassphrasePolicy
  /** Default: in this thread. */
  readonly hash?: PassphraseHash
  /** How many a device may have. Default 32. */
  readonly maxAccounts?: number
}

/**
 * How an account is protected on this device. The bytes of a passphrase are the caller's gift: they are overwritten with zeros
 * before the call ends, whatever comes of it.
 */
export interface Protection {
  /** UTF-8, 1 to 1024 bytes. Without one the key lies beside the database and protects nothing but a copy of that. */
  readonly passphrase?: Uint8Array
  /** Shown in the list of accounts, and readable for whoever has the disk. */
  readonly hint?: string
}

/** The accounts of this device: each with its own encrypted database, open in one place at a time. Architecture §5. */
export class Accounts {
  readonly #options: AccountsOptions
  readonly #ports: WrapPorts
  readonly #open = new Map<AccountSlot, OpenAccount>()

  constructor(options: AccountsOptions) {
    const { random, clock, policy, files, hash = hashPassphraseHere } = options
    this.#options = options
    this.#ports = { random, clock, policy, hash, deviceKeys: files.deviceKeys }
  }

  /** Every account, in no particular order. Removes what a crash left of unfinished ones. */
  async list(): Promise<readonly AccountListing[]> {
    return listAccounts(this.#options.files)
  }

  /** The account if it is open in this process. */
  opened(slot: AccountSlot): OpenAccount | undefined {
    const account = this.#open.get(slot)
    return account?.isLocked === true ? undefined : account
  }

  /**
   * Makes a new account with a name of its own and opens it. Its recovery words follow from its seed.
   * @throws {NameError} `name.empty`, `name.too-long`
   * @throws {AccountsError} `account.bad-passphrase`, `accounts.bad-hint`, `accounts.too-many`, `accounts.storage-full`,
   * `accounts.storage-failed`
   */
  async create(name: string, protection: Protection = {}): Promise<OpenAccount> {
    return wiping([protection.passphrase], async () => {
      const display = parseDisplayName(name)
      return this.#make(createAccountSeed(this.#options.random), display, protection)
    })
  }

  /**
   * Makes an account from its 13 words, or the 32 hex digits of its seed, and opens it.
   * @throws {PhraseError} any of its codes
   * @throws {AccountsError} as `create`
   */
  async restore(words: string, protection: Protection = {}): Promise<OpenAccount> {
    return wiping([protection.passphrase], async () => this.#make(readRecovery(words), undefined, protection))
  }

  /**
   * Opens an account. A damaged database is set aside and stays as it is.
   * @throws {AccountsError} `accounts.unknown`, `account.in-use`, `account.wrong-passphrase`, `account.passphrase-needed`,
   * `account.bad-passphrase`, `account.no-wrapping-key`, `account.bad-header`, `account.newer-version`, `account.damaged`,
   * `accounts.storage-failed`
   */
  async unlock(slot: AccountSlot, passphrase?: Uint8Array): Promise<OpenAccount> {
    return wiping([passphrase], async () => {
      const lock = await this.#takeLock(slot)
      try {
        const key = await this.#key(slot, passphrase)
        const { database, origin } = await openExisting(this.#options.files, slot, key)
        return this.#keep(new OpenAccount({ slot, database, blobs: this.#options.files.blobs(slot), origin, lock }))
      } catch (error) {
        await lock.release()
        throw error
      }
    })
  }

  /** Locks an account that is open in this process; any other one is none of its business. */
  async lock(slot: AccountSlot): Promise<void> {
    const account = this.#open.get(slot)
    this.#open.delete(slot)
    await account?.lock()
  }

  /**
   * Whether the passphrase is the right one, for when more than an open account is asked for. Costs as much as opening.
   * @throws {AccountsError} those of `unlock` but `account.wrong-passphrase` and `account.in-use`
   */
  async verify(slot: AccountSlot, passphrase: Uint8Array): Promise<boolean> {
    return wiping([passphrase], async () => {
      try {
        const key = await this.#key(slot, passphrase)
        key.wipe()
        return true
      } catch (error) {
        if (error instanceof AccountsError && error.code === 'account.wrong-passphrase') return false
        throw error
      }
    })
  }

  /**
   * Wraps the database key anew: with the next passphrase, or without one under a key of the device. The database stays as
   * it is. Either the old or the new way opens it, at every moment.
   * @throws {AccountsError} those of `unlock`
   */
  async changePassphrase(
    slot: AccountSlot,
    current: Uint8Array | undefined,
    next: Uint8Array | undefined,
  ): Promise<void> {
    await wiping([current, next], async () => {
      if (next !== undefined) checkPassphrase(next)
      await this.#exclusively(slot, async () => {
        const header = await this.#header(slot)
        const key = await unwrapKey(this.#ports, slot, header, current)
        try {
          await this.#rewrap(slot, header, key, next)
        } finally {
          key.wipe()
        }
      })
    })
  }

  /**
   * Changes what the list shows, or removes it.
   * @throws {AccountsError} `accounts.bad-hint`, `accounts.unknown`, `account.in-use`, `account.bad-header`
   */
  async setHint(slot: AccountSlot, hint: string | undefined): Promise<void> {
    const parsed = hint === undefined ? {} : { hint: parseHint(hint) }
    await this.#exclusively(slot, async () => {
      const { wrap } = await this.#header(slot)
      await this.#options.files.writeHeader(slot, formatKeyHeader({ wrap, ...parsed }))
    })
  }

  /**
   * Removes an account from this device: its key first, overwritten, so that what a crash leaves can't be opened.
   * @throws {AccountsError} `account.in-use`, `accounts.storage-failed`
   */
  async remove(slot: AccountSlot): Promise<void> {
    await this.lock(slot)
    const lock = await this.#takeLock(slot)
    try {
      await this.#options.files.remove(slot)
    } finally {
      await lock.release()
    }
  }

  async #make(seed: AccountSeed, name: DisplayName | undefined, protection: Protection): Promise<OpenAccount> {
    if (protection.passphrase !== undefined) checkPassphrase(protection.passphrase)
    const hint = protection.hint === undefined ? undefined : parseHint(protection.hint)
    await this.#requireRoom()
    const { files, random, clock } = this.#options
    const slot = createAccountSlot(random)
    const lock = await this.#takeLock(slot)
    try {
      const origin = { seed, name, createdAt: clock.now(), restored: name === undefined }
      const database = await makeDatabase(this.#ports, files, { slot, origin, hint, passphrase: protection.passphrase })
      return this.#keep(new OpenAccount({ slot, database, blobs: files.blobs(slot), origin, lock }))
    } catch (error) {
      await files.remove(slot)
      await lock.release()
      throw error
    }
  }

  async #rewrap(slot: AccountSlot, header: KeyHeader, key: DatabaseKey, next: Uint8Array | undefined): Promise<void> {
    const { files } = this.#options
    // A new key of the device in place of the old one would leave a moment in which neither opens the account.
    if (header.wrap.kind === 'device' && next === undefined) return
    const wrap = await wrapKey(this.#ports, slot, key, next)
    const { hint } = header
    await files.writeHeader(slot, formatKeyHeader(hint === undefined ? { wrap } : { wrap, hint }))
    if (header.wrap.kind === 'device' && wrap.kind === 'passphrase') await files.deviceKeys.forget(slot)
  }

  async #key(slot: AccountSlot, passphrase: Uint8Array | undefined): Promise<DatabaseKey> {
    return unwrapKey(this.#ports, slot, await this.#header(slot), passphrase)
  }

  async #header(slot: AccountSlot): Promise<KeyHeader> {
    const bytes = await this.#options.files.readHeader(slot)
    if (bytes === undefined) throw new AccountsError('accounts.unknown')
    return parseKeyHeader(bytes)
  }

  #keep(account: OpenAccount): OpenAccount {
    this.#open.set(account.slot, account)
    return account
  }

  async #takeLock(slot: AccountSlot): Promise<ExclusiveLock> {
    const lock = await this.#options.files.lock(slot)
    if (lock === undefined) throw new AccountsError('account.in-use')
    return lock
  }

  /** Holds the lock, unless this process holds it already because the account is open here. */
  async #exclusively(slot: AccountSlot, run: () => Promise<void>): Promise<void> {
    if (this.opened(slot) !== undefined) return run()
    const lock = await this.#takeLock(slot)
    try {
      await run()
    } finally {
      await lock.release()
    }
  }

  async #requireRoom(): Promise<void> {
    const { files, maxAccounts = 32 } = this.#options
    const count = (await files.list()).length
    if (count >= maxAccounts) throw new AccountsError('accounts.too-many', { count })
  }
}

async function wiping<T>(passphrases: readonly (Uint8Array | undefined)[], run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } finally {
    for (const passphrase of passphrases) if (passphrase !== undefined) wipeBytes(passphrase)
  }
}
