import { type AccountId } from '@sotto/protocol/account'
import { type Content, type ContentKind } from '@sotto/protocol/message'
import { type MessageHash } from '@sotto/protocol/storage'
import { type OutboxListener } from '../outbox/outbox-listener.ts'
import { type JobHandler } from '../schedule/job.ts'
import { type Tx } from '../store/store.ts'
import { type CommandHandler, type QueryHandler } from './calls.ts'
import { type EngineContext } from './context.ts'
import { type ReadMessages } from './read-messages.ts'

/** A message that came out of the own inbox: opened, decoded, and for the first time. */
export type Received<K extends ContentKind = ContentKind> = Arrival & {
  /** Byte members are views that live as long as the transaction. */
  readonly content: Extract<Content, { readonly kind: K }>
}

/** What is known of a received message beside its content. */
interface Arrival {
  /** Authenticated. */
  readonly sender: AccountId
  /** One of the own devices wrote it. Only what one may send to oneself gets here. Spec 10 §5.1. */
  readonly fromSelf: boolean
  /** Whose conversation it belongs to: the sender's, or in a copy of an own device that of whom it went to. */
  readonly conversation: AccountId
  /** Unix ms, as the sender says. */
  readonly sentAt: number
  /** In the own swarm. */
  readonly hash: MessageHash
  /** Unix ms at which the swarm will forget it, as the swarm says. */
  readonly networkExpiry: number
  /** Unix ms, network. */
  readonly receivedAt: number
  /**
   * 16 bytes of the content without what differs between the copies of one message: equal for recipient and own devices.
   */
  readonly digest: Uint8Array
  /** Bytes that came for it. */
  readonly size: number
}

/**
 * Acts on one content inside the transaction that also marks it as seen and moves the cursor. If it throws, nothing that was
 * done for this message remains, and the message is kept raw.
 */
export type ReceiveContent<K extends ContentKind = ContentKind> = (
  tx: Tx,
  received: Received<K>,
  context: EngineContext,
) => void

/** A handler for each kind that a feature wants to hear of. Several features may want the same; all are told, in order. */
export type ContentTable = { readonly [K in ContentKind]?: ReceiveContent<K> }

/** A part of the messenger: the engine knows it by this only. */
export interface Feature {
  readonly name: string
  /** Asked first, about every message: if any feature says no, it is dropped and marked as seen. May write. */
  readonly admit?: (tx: Tx, received: Received, context: EngineContext) => boolean
  readonly content?: ContentTable
  /** By the name of the job. */
  readonly jobs?: Readonly<Record<string, JobHandler>>
  /** Told what became of what was sent. */
  readonly outbox?: OutboxListener
  /** Told which messages the user has read, in the transaction that says so. */
  readonly read?: (tx: Tx, read: ReadMessages, context: EngineContext) => void
  /** By name: see `CommandTable`, with which a feature says its own. */
  readonly commands?: Readonly<Record<string, CommandHandler>>
  readonly queries?: Readonly<Record<string, QueryHandler>>
  /** Called when the engine starts; what it returns when it stops, which waits for that. */
  readonly start?: (context: EngineContext) => () => void | Promise<void>
}
