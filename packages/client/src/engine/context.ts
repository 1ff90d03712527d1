import { type Clock, type NetworkTime, type SwarmSession, type WatchPlace, type WatchState } from '@sotto/network'
import { type AccountId, type AccountKeys } from '@sotto/protocol/account'
import { type FileServer } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type FileStore } from '../files/file-store.ts'
import { type Store, type Tx } from '../store/store.ts'
import { type ClientLimits } from './limits.ts'
import { type JobQueue, type OutboxQueue } from './ports.ts'
import { type ReadMessages } from './read-messages.ts'

/** Announced when `connection` changes. */
export const CONNECTION_TOPIC = 'connection'
/** Announced when `place` changes. */
export const PLACE_TOPIC = 'place'

/** What features work with. One for each account. */
export interface EngineContext {
  /** Who this is. */
  readonly own: AccountId
  readonly keys: AccountKeys
  readonly store: Store
  /** Sealed files beside it. */
  readonly files: FileStore
  /** Where own files are brought. @throws {NetworkError} while that is not known */
  readonly fileServer: () => FileServer
  readonly clock: Clock
  /** Time of the network; what goes on the wire or into the store is of this time. */
  readonly time: NetworkTime
  readonly random: RandomBytes
  readonly swarm: SwarmSession
  /** Another session, for what is not to be told from other people's requests. Whoever opens it closes it. Architecture §4.9. */
  readonly openSession: (isolation: string) => SwarmSession
  readonly limits: ClientLimits
  readonly outbox: OutboxQueue
  readonly schedule: JobQueue
  /**
   * A time for an own message, of which there is no second one: Unix ms, later than all before. With `lead`, that many
   * milliseconds before it are free for another one.
   */
  nextSentAt(tx: Tx, lead?: number): number
  /** How the watch of the inbox is doing. */
  readonly connection: () => WatchState
  /** Which member of the own swarm it asks, and over which path. */
  readonly place: () => WatchPlace | undefined
  /** Tells the features which messages the user has read just now. */
  noteRead(tx: Tx, read: ReadMessages): void
  /** Says that something failed that nobody waits for. It is tried again, or was given up. */
  readonly report: (error: unknown) => void
  /** Aborts when the engine stops. */
  readonly stopped: AbortSignal
}
