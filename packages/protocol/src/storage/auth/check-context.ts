import { type KeyConversion } from '../../crypto/index.ts'
import { type SwarmOwner } from '../../swarm/index.ts'
import { StorageError } from '../storage-error.ts'
import { type SubaccountToken } from '../subaccount.ts'

/** Hard fork and revision of the network. Spec 20 §3.13. */
export type HardFork = readonly [fork: number, revision: number]

/** What a node knows when it judges a request. Spec 20 §3.2. */
export interface CheckContext {
  /** Unix ms, when the request arrived. */
  readonly now: number
  /** Another member of the swarm passed it on: ten seconds more are forgiven for the way. Spec 20 §3.9, spec 70 §6.4. */
  readonly isForwarded: boolean
  readonly hardFork: HardFork
  /** Whether the owner has revoked a token. Asked only for requests that come with one. */
  readonly isRevoked: (owner: SwarmOwner, token: SubaccountToken) => boolean
  /**
   * Converts the key beside a signature, which takes nearly as long as the check of the signature: whoever meets the same
   * accounts again and again can remember. The default is `tryEd25519ToX25519`, and what is given must answer the same.
   */
  readonly convertKey?: KeyConversion
}

const TOLERANCE_MS = 60_000
const FORWARDED_MS = 10_000

/** How far a signed time may be off, in ms. Spec 20 §3.2, spec 70 §6.4. */
export function signedTimeTolerance({ isForwarded }: CheckContext): number {
  return TOLERANCE_MS + forwardTolerance(isForwarded)
}

/** How far the time of a message may be off, in ms. Spec 20 §3.6. */
export function messageTimeTolerance({ isForwarded }: CheckContext): number {
  return 10_000 + forwardTolerance(isForwarded)
}

/** @throws {StorageError} `storage.bad-clock` for a signed time that is too old or too new */
export function requireFresh(timestamp: number, context: CheckContext): void {
  if (Math.abs(timestamp - context.now) > signedTimeTolerance(context)) throw new StorageError('storage.bad-clock')
}

function forwardTolerance(isForwarded: boolean): number {
  return isForwarded ? FORWARDED_MS : 0
}
