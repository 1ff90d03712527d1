import { type SymmetricKey } from '../crypto/index.ts'
import { concatBytes, type JsonObject } from '../encoding/index.ts'
import { checkMonitor, encodeMonitor, signMonitor, type MonitorRequest, type RequestSigner } from '../storage/index.ts'
import { PushRequestError } from './push-request-error.ts'

/** Where the notifications for a device go. Spec 40 §9.1. */
export interface PushDevice {
  /** `apns`, `firebase`, `webpush` and the like; 1 to 32 characters. */
  readonly service: string
  /** What that service needs to find the device, such as `{"token":"…"}`. */
  readonly serviceInfo: JsonObject
}

/** A request to be notified. Spec 40 §9.1. */
export interface PushSubscription {
  /** What the push server passes on to nodes, with the same signature. For users and groups only. */
  readonly monitor: MonitorRequest
  readonly device: PushDevice
  /** Opens the notifications; drawn once for each device. */
  readonly key: SymmetricKey
}

const listStart = Uint8Array.of(0x6c)
const listEnd = Uint8Array.of(0x65)

/**
 * Asks for notifications: for an account of one's own, or as a member of a group with a token that grants reading. Good for 14
 * days from its time, at push servers and at nodes alike. Spec 40 §9.1.
 */
export function signSubscription(
  wanted: Omit<MonitorRequest, 'authority'>,
  signer: RequestSigner,
  target: Pick<PushSubscription, 'device' | 'key'>,
): PushSubscription {
  return { monitor: signMonitor(wanted, signer), ...target }
}

/**
 * Whether a push server should take a subscription: its time, then its signature and what its token grants. Spec 40 §9.1.
 * @throws {PushRequestError} `push-request.bad-time`, `push-request.bad-signature`
 */
export function checkSubscription({ monitor }: PushSubscription, nowSeconds: number): void {
  const problem = checkMonitor(monitor, { now: nowSeconds * 1000, isRevoked: () => false })
  if (problem === 'bad-time') throw new PushRequestError('push-request.bad-time')
  if (problem !== undefined) throw new PushRequestError('push-request.bad-signature')
}

/**
 * `monitor.messages` as a push server sends it to a node: always a list, so that the reply is one. Spec 40 §9.3.
 */
export function encodeMonitorList(requests: readonly MonitorRequest[]): Uint8Array {
  return concatBytes(listStart, ...requests.map(request => encodeMonitor([request])), listEnd)
}
