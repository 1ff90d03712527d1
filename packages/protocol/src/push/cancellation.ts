import { utf8Encode } from '../encoding/index.ts'
import {
  access,
  authorise,
  StorageError,
  verifyAuthority,
  type Authority,
  type RequestSigner,
} from '../storage/index.ts'
import { type SwarmOwner } from '../swarm/index.ts'
import { PushRequestError } from './push-request-error.ts'
import { type PushDevice } from './subscription.ts'

/** A request to be left alone. Spec 40 §9.2. */
export interface PushCancellation {
  readonly owner: SwarmOwner
  /** Unix **seconds**. */
  readonly timestamp: number
  readonly authority: Authority
  readonly device: PushDevice
}

const WINDOW_SECONDS = 86_400

/** What is signed: `UNSUBSCRIBE` ‖ account in hex ‖ time. Spec 40 §9.2. */
export function cancellationText({ owner, timestamp }: Pick<PushCancellation, 'owner' | 'timestamp'>): Uint8Array {
  return utf8Encode(`UNSUBSCRIBE${owner}${timestamp}`)
}

/** Asks for no more notifications, by the same right by which they were asked for. Spec 40 §9.2. */
export function signCancellation(wanted: Omit<PushCancellation, 'authority'>, signer: RequestSigner): PushCancellation {
  return { ...wanted, authority: authorise(signer, cancellationText(wanted)) }
}

/**
 * Whether a push server should take a cancellation: its time, at most a day off, then its signature. Spec 40 §9.2.
 * @throws {PushRequestError} `push-request.bad-time`, `push-request.bad-signature`
 */
export function checkCancellation(request: PushCancellation, nowSeconds: number): void {
  const { owner, authority, timestamp } = request
  if (Math.abs(timestamp - nowSeconds) > WINDOW_SECONDS) throw new PushRequestError('push-request.bad-time')
  const claim = { method: 'unsubscribe', owner, authority, signedText: cancellationText(request), needs: access.read }
  try {
    verifyAuthority({ ...claim, isRevoked: () => false })
  } catch (cause) {
    if (cause instanceof StorageError) throw new PushRequestError('push-request.bad-signature', {}, { cause })
    throw cause
  }
}
