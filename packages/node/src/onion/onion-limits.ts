import { PROXY_TIMEOUT_MS, RELAY_TIMEOUT_MS } from '@sotto/protocol/onion'
import { type FairQueueLimits } from './fair-queue.ts'

/** What onions may take up on one node. Times are in ms. */
export interface OnionLimits extends FairQueueLimits {
  /** Requests that wait for another node, a server or the storage of this one; beyond that 503. Spec 21 §3. */
  readonly maxPending: number
  /**
   * The same for those that one node sent, and for those sent to one: so that one bad guard cannot take all, and a quarter of
   * the link stays free for the swarm. Spec 70 §6.2, §6.3.
   */
  readonly maxPendingPerNode: number
  /** How much of the node its own clients have, all together, beside each node that sends it onions. Spec 70 §6.3. */
  readonly clientShare: number
  /** How long the next node has. Spec 20 §4.7. */
  readonly relayTimeoutMs: number
  /** How long a server has. Spec 20 §4.7. */
  readonly proxyTimeoutMs: number
  /** Requests to one server at once. Spec 70 §6.2. */
  readonly maxPendingPerServer: number
  /** Requests to servers at once. */
  readonly maxProxied: number
}

/** For a node that faces the internet. */
export const defaultOnionLimits: OnionLimits = {
  maxPending: 32_768,
  maxPendingPerNode: 3072,
  clientShare: 4,
  turnMs: 5,
  maxQueuedPerSide: 1024,
  maxQueuedBytes: 128 * 1024 * 1024,
  maxQueueMs: 1000,
  relayTimeoutMs: RELAY_TIMEOUT_MS,
  proxyTimeoutMs: PROXY_TIMEOUT_MS,
  maxPendingPerServer: 100,
  maxProxied: 2000,
}
