import { type AccountId } from '@sotto/protocol/account'
import { type AccountListing } from '../../accounts/account-listing.ts'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { type HomeStatus } from './home-status.ts'

/** An account as the list of accounts shows it. */
export interface HomeListing extends AccountListing {
  /** Of one that is open here, in whichever tab: it receives and sends. */
  readonly accountId: AccountId | undefined
}

/** An account that was opened just now. */
export interface OpenedAccount {
  readonly slot: AccountSlot
  readonly accountId: AccountId
}

/** How an account is protected on this device. */
export interface HomeProtection {
  /** 1 to 1024 bytes as UTF-8. Without one the browser keeps the key, which protects nothing but a copy of the database. */
  readonly passphrase?: string | undefined
  /** Shown in the list of accounts, and readable for whoever has the disk. */
  readonly hint?: string | undefined
}

/** Which account, where it matters. */
interface OfAccount {
  readonly slot: string
}

/** One call to an account that is open: the names and arguments are those of `Commands` and `Queries`. */
interface AccountCall extends OfAccount {
  readonly name: string
  readonly args: unknown
}

/** Says which leader is meant: one that took over meanwhile refuses it, rather than to do again what may have been done. */
interface InTerm {
  readonly term: string
}

/** What is done about the accounts of a device. */
export interface HomeCommands {
  'home.create'(args: InTerm & HomeProtection & { name: string }): OpenedAccount
  'home.restore'(args: InTerm & HomeProtection & { words: string }): OpenedAccount
  'home.unlock'(args: OfAccount & { passphrase?: string | undefined }): OpenedAccount
  'home.lock'(args: OfAccount): void
  'home.change-passphrase'(args: InTerm & OfAccount & { current?: string | undefined; next?: string | undefined }): void
  'home.set-hint'(args: OfAccount & { hint?: string | undefined }): void
  /** From this device: nothing of it stays. */
  'home.remove'(args: OfAccount): void
  /**
   * From this device and from the network, for an account that is open: takes 15 s at most before anything is removed here.
   * @throws {DeletionError} `deletion.not-confirmed`, and @throws {NetworkError}: then nothing was removed here. Spec 50 §9.10
   */
  'home.erase'(args: OfAccount): void
  /**
   * Forgets who the nodes are and whom to believe about it, for a network that was made anew: the next start asks the gateway.
   * Accounts stay.
   */
  'home.forget-network'(): void
  /** After sleep, or when the page is looked at again. */
  'home.poke'(): void
  'home.command'(args: AccountCall): unknown
}

/** What is asked about them. All but `home.term` can be watched. */
export interface HomeQueries {
  'home.list'(): readonly HomeListing[]
  'home.status'(): HomeStatus
  'home.term'(): string
  'home.query'(args: AccountCall): unknown
}
