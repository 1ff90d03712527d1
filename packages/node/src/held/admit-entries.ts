import {
  type HeldEntry,
  type HeldRetrieveParams,
  type Outcome,
  type Refused,
  StorageError,
} from '@sotto/protocol/storage'
import { refusedOutcome } from './fill-results.ts'
import { type HeldPorts } from './held-ports.ts'
import { entryState, type HeldSlot, type Holder } from './holder.ts'
import { type TokenBucket, type TokenBuckets } from './token-bucket.ts'

/** What entries are judged by. */
export interface AdmissionParts {
  readonly ports: Pick<HeldPorts, 'check' | 'wrongSwarm'>
  /** Unix ms. */
  readonly arrivedAt: number
  /** Monotonic, ms. */
  readonly now: number
  /** Of signature checks, before any of them is done. */
  readonly checks: TokenBucket
  /** Of requests by account. */
  readonly rates: TokenBuckets
}

/** The slots of a request, or why none of it is answered. */
export type Admission = { readonly kind: 'admitted'; readonly slots: readonly HeldSlot[] } | Refused

/**
 * Judges every entry by itself: swarm, clock, signature, in this order. Rates are counted for accounts whose right to ask
 * was shown, so that nobody uses up another one's; unsigned entries have a count of their own. Spec 21 §1.3, §6.
 */
export function admitEntries({ entries }: HeldRetrieveParams, holder: Holder, parts: AdmissionParts): Admission {
  const signed = entries.filter(isSigned).length
  if (!parts.checks.take(parts.now, signed))
    return { kind: 'refused', status: 503, text: 'Server busy, try again later' }
  const slots = entries.map(entry => admit(entry, holder, parts))
  const rated = new Set(
    slots.flatMap(slot => ('holder' in slot ? [slot.isSigned ? slot.owner : `${slot.owner}?`] : [])),
  )
  for (const key of rated) {
    if (!parts.rates.take(key, parts.now)) return { kind: 'refused', status: 429, text: 'Too Many Requests\n' }
  }
  return { kind: 'admitted', slots }
}

function admit(entry: HeldEntry, holder: Holder, { ports, arrivedAt }: AdmissionParts): HeldSlot {
  if (entry.kind === 'malformed') return refusedOutcome(entry.error)
  const swarm = ports.wrongSwarm(entry.params.owner)
  if (swarm !== undefined) return { kind: 'wrong-swarm', swarm }
  const refused = judge(() => ports.check(entry.params, arrivedAt))
  return refused ?? entryState(entry.params, holder)
}

function judge(check: () => void): Outcome<'retrieve'> | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof StorageError) return refusedOutcome(error)
    throw error
  }
}

function isSigned(entry: HeldEntry): boolean {
  return entry.kind === 'retrieve' && entry.params.authority !== undefined
}
