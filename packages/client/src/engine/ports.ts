import { type AccountId } from '@sotto/protocol/account'
import { type TimedContent } from '@sotto/protocol/seal'
import { type Tx } from '../store/store.ts'

/** What is to be said to whom. */
export interface Outgoing {
  readonly content: TimedContent
  /** The own account for notes to self, and for what only the own devices are told. */
  readonly recipient: AccountId
  /** The own devices get a copy, once the recipient's is stored. Not for notes to self. Spec 10 §5.9. */
  readonly copy: boolean
  /** A time of its own for the copy, where the two must not have the same. Unix ms. Spec 10 §5.2. */
  readonly copySentAt?: number
  /** The row in `messages` that it is about: its jobs go when it goes. */
  readonly message?: number
}

/** What waits to be sent. Everything is sealed when it is queued, so that the same bytes go out however often it is tried. */
export interface OutboxQueue {
  /**
   * Seals and queues, in the transaction of what it belongs to.
   * @throws {MessageError} those of `encodeContent`
   * @throws {CryptoError} `crypto.weak-key` for a recipient that nobody can write to
   */
  enqueue(tx: Tx, outgoing: Outgoing): void
  /** Sends once, now, and forgets it: for what is worth nothing later. @throws {NetworkError} */
  sendOnce(content: TimedContent, recipient: AccountId): Promise<void>
  /** Forgets what is queued for a message. What is on its way just now may still arrive. */
  cancel(tx: Tx, message: number): void
  /** Tries again at once, and for as long as at first, what had failed or waits. Whether there is anything. */
  retry(tx: Tx, message: number): boolean
  /** Everything that waits for its next attempt is tried at once: the network is back. */
  hurry(tx: Tx): void
}

/** Work that is put off, and survives a restart. Jobs are told apart by name and key; `payload` is plain data. */
export interface JobQueue {
  /** Puts a job off until `dueAt` (Unix ms, network), in place of an earlier one of this name and key. */
  at(tx: Tx, name: string, key: string, dueAt: number, payload?: unknown): void
  /** The same, but keeps an earlier one that is due sooner. */
  atLatest(tx: Tx, name: string, key: string, dueAt: number, payload?: unknown): void
  cancel(tx: Tx, name: string, key: string): void
}
