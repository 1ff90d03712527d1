import { blake2bWith, type RandomBytes } from '@sotto/protocol/crypto'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { type Clock, RateLimiter, type RateLimits, type RemoteAddress } from '@sotto/server'
import { Pending } from '../onion/pending.ts'
import { type ClientLimits } from './client-limits.ts'

/** What becomes of a request at the door: `busy` is for too many at once, `limited` for too many in a while. */
export type Admission = 'admitted' | 'limited' | 'busy'

/**
 * What clients may ask by their address. Addresses are only in memory, and only as hashes under a key of this start.
 * Spec 20 §3.17, spec 70 §6.3.
 */
export class ClientGate {
  readonly #limits: ClientLimits
  readonly #key: Uint8Array
  readonly #tags = new WeakMap<RemoteAddress, string>()
  readonly #rpc: RateLimiter
  readonly #onions: RateLimiter
  readonly #onionBytes: RateLimiter
  readonly #neighbourOnions: RateLimiter
  readonly #inFlight: Pending<string>

  constructor(limits: ClientLimits, ports: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes }) {
    const { maxClients, neighbourhoodFactor } = limits
    const client = { maxClients, ipv4Bits: 32, ipv6Bits: 64 }
    const limiter = (each: RateLimits): RateLimiter => new RateLimiter(each, ports)
    this.#limits = limits
    this.#key = ports.random(32)
    this.#rpc = limiter({ ...client, capacity: limits.rpcBurst, refillPerSecond: limits.rpcRate })
    this.#onions = limiter({ ...client, capacity: limits.onionBurst, refillPerSecond: limits.onionRate })
    this.#onionBytes = limiter({ ...client, capacity: limits.onionBytesBurst, refillPerSecond: limits.onionBytesRate })
    this.#neighbourOnions = limiter({
      maxClients,
      ipv4Bits: 24,
      ipv6Bits: 48,
      capacity: limits.onionBurst * neighbourhoodFactor,
      refillPerSecond: limits.onionRate * neighbourhoodFactor,
    })
    this.#inFlight = new Pending(Infinity, limits.maxOnionsInFlight)
  }

  /** Onions of clients that wait for their answer. */
  get onionsInFlight(): number {
    return this.#inFlight.size
  }

  /** Whether a storage request without an onion is answered. */
  admitRpc(peer: RemoteAddress): boolean {
    return this.#rpc.take(peer)
  }

  /** Whether an onion is taken; if so, `onionOver` is to be called when it is answered. */
  admitOnion(peer: RemoteAddress, bytes: number): Admission {
    const tag = this.#tagOf(peer)
    if (!this.#inFlight.begin(tag)) return 'busy'
    const counted = Math.min(bytes, this.#limits.onionBytesBurst)
    if (this.#onions.take(peer) && this.#neighbourOnions.take(peer) && this.#onionBytes.take(peer, counted)) {
      return 'admitted'
    }
    this.#inFlight.end(tag)
    return 'limited'
  }

  /** An admitted onion is answered. */
  onionOver(peer: RemoteAddress): void {
    this.#inFlight.end(this.#tagOf(peer))
  }

  /** Hashing once for each connection is enough. */
  #tagOf(peer: RemoteAddress): string {
    const known = this.#tags.get(peer)
    if (known !== undefined) return known
    const tag = encodeBase64(blake2bWith(16, { key: this.#key }, peer.network(32, 64)))
    this.#tags.set(peer, tag)
    return tag
  }
}
