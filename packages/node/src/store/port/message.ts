import { type MessageHash, type Namespace, type StoredMessage } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'

/** A message to be kept. The caller has computed the hash from the rest; the store believes it. Spec 20 §3.4. */
export interface NewMessage {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  readonly hash: MessageHash
  /** Unix ms, as the sender has it. */
  readonly timestamp: number
  /** Unix ms. */
  readonly expiry: number
  readonly data: Uint8Array
}

/** A message as members of a swarm hand it to each other. Spec 20 §6, spec 70 D7. */
export interface MessageRecord extends NewMessage {
  /** Unix ms at which the first member stored it. Old peers do not say. */
  readonly firstStored?: number
}

/** What a retrieve brings. Spec 20 §3.7, spec 21 §1.2. */
export interface Retrieved {
  /** In the order of insertion here. */
  readonly messages: readonly StoredMessage[]
  /** The same, as they stand in replies in JSON: see `formatStoredMessage`. */
  readonly written: readonly string[]
  /** The list was cut. */
  readonly more: boolean
  /** `after` was given but is not known here: the list starts at the beginning. */
  readonly reset: boolean
}

/** Where a retrieve starts and how much it may bring. */
export interface RetrieveLimits {
  /** The last hash that the client has from this node. */
  readonly after?: MessageHash
  /** At least 1. */
  readonly maxCount?: number
  /** By `countedSize`; what `retrieveSize` says. One message comes whatever it is. */
  readonly maxSize: number
}
