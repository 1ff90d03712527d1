import { latin1Decode, latin1Encode } from '@sotto/protocol/encoding'
import {
  isUnrevocable,
  type HeldReason,
  type HeldRetrieveParams,
  type Outcome,
  retrieveSize,
  type RetrieveParams,
  type SubaccountToken,
} from '@sotto/protocol/storage'
import { type HeldRead } from './held-ports.ts'
import { type Timed } from './timer-wheel.ts'

/** What stays in memory of an entry while it is held. */
export interface HeldEntryState extends HeldRead {
  /** The token by which it was asked, where a revocation of it matters. */
  readonly token: SubaccountToken | undefined
  readonly isSigned: boolean
  readonly holder: Holder
  /** Neighbours in the list of those that wait for the same account and namespace. */
  next: HeldEntryState | undefined
  previous: HeldEntryState | undefined
}

/** A slot of a request: something to read, or what was wrong with it. */
export type HeldSlot = HeldEntryState | Outcome<'retrieve'>

/** Why a holder answers, and how long the client is to stay away, ms. */
export interface Release {
  readonly why: HeldReason
  readonly nextMs: number
}

/** One request that waits. */
export interface Holder extends Timed {
  slots: readonly HeldSlot[]
  readonly delayMs: number
  /** Monotonic, ms. */
  readonly arrivedAt: number
  readonly endsAt: number
  /** What it will answer with once it is due; a wake or an end may have been given already. */
  release: Release
  /** No longer waits for wakes: its answer is on its way. */
  isReleased: boolean
  /** Called once, when it is due. */
  readonly finish: (release: Release) => void
}

/** A holder without entries yet. `now` is monotonic, ms. */
export function createHolder(
  { holdMs, delayMs }: Pick<HeldRetrieveParams, 'holdMs' | 'delayMs'>,
  now: number,
  finish: (release: Release) => void,
): Holder {
  return {
    slots: [],
    delayMs,
    arrivedAt: now,
    endsAt: now + holdMs,
    release: { why: 'time', nextMs: 0 },
    isReleased: false,
    finish,
    dueTick: undefined,
  }
}

/** Whether a slot is something to read. */
export function isEntry(slot: HeldSlot): slot is HeldEntryState {
  return 'holder' in slot
}

/** The entries of a holder that are something to read. */
export function entriesOf({ slots }: Holder): readonly HeldEntryState[] {
  return slots.filter(isEntry)
}

/** Keeps of the parameters only what is needed later. */
export function entryState(params: RetrieveParams, holder: Holder): HeldEntryState {
  const { owner, namespace, lastHash, maxCount, maxSize, authority } = params
  return {
    owner: copyText(owner),
    namespace,
    lastHash: lastHash === undefined ? undefined : copyText(lastHash),
    maxCount,
    maxSize: retrieveSize(maxSize, maxCount),
    token: isUnrevocable(namespace) ? undefined : authority?.grant?.token,
    isSigned: authority !== undefined,
    holder,
    next: undefined,
    previous: undefined,
  }
}

/** A string that was cut out of a request keeps all of it in memory; this one stands for itself. */
function copyText<Text extends string>(text: Text): Text {
  return latin1Decode(latin1Encode(text)) as Text
}
