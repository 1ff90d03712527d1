import { type ContentKind } from '@sotto/protocol/message'
import { type MessageHash } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type EngineContext } from '../engine/context.ts'
import { type Tx } from '../store/store.ts'

/** What is on its way, or was. */
export interface OutboxItem {
  /** The number of the job. */
  readonly id: number
  /** In whose swarm. */
  readonly owner: SwarmOwner
  readonly kind: ContentKind
  /** For the own devices, beside the one that went to someone else. */
  readonly isCopy: boolean
  /** The row in `messages`, if it is about one. */
  readonly message: number | undefined
  readonly hash: MessageHash
  readonly ttlMs: number
}

/** Told inside the transaction that also removes or changes the job. */
export interface OutboxListener {
  /** Enough nodes keep it. `storedAt` is Unix ms of the network. */
  readonly sent?: (tx: Tx, item: OutboxItem, storedAt: number, context: EngineContext) => void
  /** It is not tried again unless the user asks for it. `code` says why. */
  readonly failed?: (tx: Tx, item: OutboxItem, code: string, context: EngineContext) => void
}
