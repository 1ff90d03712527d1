import {
  type ExpireMode,
  type MessageHash,
  type Namespace,
  type NamespaceScope,
  type SubaccountToken,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type ForwardId, type RequestForward } from './forward.ts'
import { type NewMessage } from './message.ts'

/** Spec 20 §3.6. */
export interface StoreRequest {
  readonly message: NewMessage
  /** Unix ms. */
  readonly now: number
  /** Unix ms at which the first member took it, by its clock: all members say the same. As `now`, if missing. */
  readonly acceptedAt?: number | undefined
  /**
   * Unix ms: the time in a verified signature. Such a store brings back what was deleted or shortened before it; one without a
   * signature brings back nothing while the tombstone lives. Spec 70, X7, D5.
   */
  readonly signedAt?: number | undefined
  /** A known message is not prolonged beyond this many ms after it was first stored. Spec 70, X15. */
  readonly maxAgeMs?: number | undefined
  /** The other members, if the message has to reach them: it is on its way to all of them once this is committed. */
  readonly peers?: readonly NodeId[] | undefined
  /** The request as it goes to them where a copy of the message does not do: see `storeMessage`. */
  readonly body?: Uint8Array | undefined
  /** It had to wait: what the owner has changed since then holds. */
  readonly isLate?: boolean | undefined
}

/** Kept, or held back by the tombstone of a deletion. */
export type StoreOutcome =
  | {
      readonly kind: 'stored'
      readonly already: boolean
      /** Unix ms, as it is now. */
      readonly expiry: number
      readonly forward?: ForwardId
    }
  | { readonly kind: 'deleted'; readonly until: number }

/** What all changes of what is stored have in common. */
interface Change {
  readonly owner: SwarmOwner
  /** Unix ms. */
  readonly now: number
  /**
   * Unix ms at which the first member took it, by its clock: all members date the change so, whenever it reaches them. As `now`,
   * if missing.
   */
  readonly acceptedAt?: number
  /**
   * Only what was first stored up to this time, Unix ms: for requests that come late, by a queue. Where anyone may store, a
   * deletion by hash goes for later copies too. Spec 70, D5.
   */
  readonly storedUntil?: number
  /** What the other members have to get; on its way once the change is committed. */
  readonly forward?: RequestForward
}

/** What all changes answer. */
interface Changed {
  readonly forward?: ForwardId
}

/** Hashes by namespace, each list in the order of ASCII. */
export type HashesByNamespace = ReadonlyMap<Namespace, readonly MessageHash[]>

/** Spec 20 §3.8. */
export interface DeleteRequest extends Change {
  readonly hashes: readonly MessageHash[]
  /** Remembered once something was deleted; the same one again does nothing. Spec 70, X2. */
  readonly signature?: Uint8Array
}

/** What a delete did. */
export interface DeleteOutcome extends Changed {
  /** Those that were here, in the order of ASCII. */
  readonly deleted: readonly MessageHash[]
}

/** Spec 20 §3.9. */
export interface DeleteAllRequest extends Change {
  readonly scope: NamespaceScope
  /** Unix ms, as signed. Not later than the last executed one for this scope: nothing is done. Spec 70 §6.4. */
  readonly timestamp: number
}

/** Spec 20 §3.9. */
export interface DeleteBeforeRequest extends Change {
  readonly scope: NamespaceScope
  /** Unix ms; messages of this time and earlier ones go. */
  readonly before: number
}

/** What a delete of many did. */
export interface DeleteManyOutcome extends Changed {
  readonly deleted: HashesByNamespace
}

/** Spec 20 §3.10. */
export interface ExpireRequest extends Change {
  readonly hashes: readonly MessageHash[]
  /** Unix ms, as they are to be applied: one for all hashes or one for each. */
  readonly expiries: readonly number[]
  readonly mode?: ExpireMode
}

/** Which expiries changed, Unix ms. */
export interface ExpireOutcome extends Changed {
  /** In the order of ASCII, with what was applied. */
  readonly updated: ReadonlyMap<MessageHash, number>
  /** Found and left alone, in the order of ASCII, with what they have. Only with a mode. */
  readonly unchanged: ReadonlyMap<MessageHash, number>
}

/** Spec 20 §3.9: only ever shortens. */
export interface ExpireAllRequest extends Change {
  readonly scope: NamespaceScope
  /** Unix ms. */
  readonly expiry: number
}

/** Which messages were shortened. */
export interface ExpireAllOutcome extends Changed {
  readonly updated: HashesByNamespace
}

/** Spec 20 §3.12. */
export interface RevokeRequest extends Change {
  readonly tokens: readonly SubaccountToken[]
  /** Unix ms, as signed. For each token the latest word holds, and of two at once the revocation. Spec 70 §6.4. */
  readonly timestamp: number
}

/** How much changed. */
export interface RevokeOutcome extends Changed {
  /** How many tokens became revoked, or free again. */
  readonly count: number
}
