import { OnionError } from './onion-error.ts'

/** The most that a node takes over HTTPS, in bytes, headers of the layer included. Spec 20 §3.1, §4.7. */
export const MAX_ONION_SIZE = 10_485_760

/** Every node adds one to the hop number, and one that gets more than this refuses. Spec 20 §4.1. */
export const MAX_HOPS = 15

/** How long a node waits for the next one, in milliseconds. A dead hop shows no sooner. Spec 20 §4.6, §4.7. */
export const RELAY_TIMEOUT_MS = 30_000

/** How long an exit node waits for a server, in milliseconds. Spec 20 §4.7. */
export const PROXY_TIMEOUT_MS = 25_000

/** @throws {OnionError} `onion.too-large` */
export function requireOnionSize(size: number): void {
  if (size > MAX_ONION_SIZE) throw new OnionError('onion.too-large', { size })
}
