import {
  type GetSwarmReply,
  type MessageHash,
  type Namespace,
  type RetrieveParams,
  type StoredMessage,
} from '@sotto/protocol/storage'
import { type SubaccountToken } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'

/** What is read for an entry. Plain data: two reads of the same are the same. */
export interface HeldRead {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  readonly lastHash: MessageHash | undefined
  readonly maxCount: number | undefined
  /** Bytes, counted as in spec 20 §3.7. */
  readonly maxSize: number
}

/** What there was. */
export interface HeldMessages {
  readonly messages: readonly StoredMessage[]
  /** The same, as they stand in replies in JSON. */
  readonly written: readonly string[]
  readonly more: boolean
  /** The cursor was not known, so the list starts at the beginning. */
  readonly reset: boolean
}

/** What held retrieves need of the rest of the node. */
export interface HeldPorts {
  /** Reads messages after a cursor; at least one if there is any. */
  readonly read: (read: HeldRead) => HeldMessages
  /**
   * Judges an entry as a retrieve that came at `arrivedAt`, Unix ms.
   * @throws {StorageError} with the status 401 or 406
   */
  readonly check: (params: RetrieveParams, arrivedAt: number) => void
  /** The swarm of an account that is not served here, for a 421; `undefined` if it is served. */
  readonly wrongSwarm: (owner: SwarmOwner) => GetSwarmReply | undefined
  readonly isRevoked: (owner: SwarmOwner, token: SubaccountToken) => boolean
  /** Whether the node has all that it should have. Until then it holds nothing. Spec 21 §2. */
  readonly isReady: () => boolean
  /** Whether the node has too much to do. Spec 21 §6. */
  readonly isOverloaded: () => boolean
}
