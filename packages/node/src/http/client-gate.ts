import { blake2bWith, type RandomBytes } from '@sotto/protocol/crypto'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { type RemoteAddress } from '@sotto/server'
import { Pending } from '../onion/pending.ts'
import { type ClientLimits } from './client-limits.ts'
import { RateLimit } from './rate-limit.ts'

/** What becomes of a request at the door: `busy` is for too many at once, `limited` for too many in a while. */
export type Admission = 'admitted' | 'limited' | 'busy'

/** What stands for an address: nothing that could be turned back into one. */
interface ClientKeys {
  readonly client: string
  readonly neighbourhood: string
}

/**
 * What clients may ask by their address. Addresses are only in memory, and only as hashes under a key of this start.
 * Spec 20 §3.17, spec 70 §6.3.
 */
export class ClientGate {
  readonly #limits: ClientLimits
  readonly #monotonic: () => number
  readonly #key: Uint8Array
  readonly #keys = new WeakMap<RemoteAddress, ClientKeys>()
  readonly #rpc: RateLimit
  readonly #onions: RateLimit
  readonly #onionBytes: RateLimit
  readonly #neighbourOnions: RateLimit
  readonly #inFlight: Pending<string>

  constructor(limits: ClientLimits, monotonic: () => number, random: RandomBytes) {
    const { maxClients, neighbourhoodFactor } = limits
    this.#limits = limits
    this.#monotonic = monotonic
    this.#key = random(32)
    this.#rpc = new RateLimit({ perSecond: limits.rpcRate, burst: limits.rpcBurst }, maxClients)
    this.#onions = new RateLimit({ perSecond: limits.onionRate, burst: limits.onionBurst }, maxClients)
    this.#onionBytes = new RateLimit({ perSecond: limits.onionBytesRate, burst: limits.onionBytesBurst }, maxClients)
    this.#neighbourOnions = new RateLimit(
      { perSecond: limits.onionRate * neighbourhoodFactor, burst: limits.onionBurst * neighbourhoodFactor },
      maxClients,
    )
    this.#inFlight = new Pending(Infinity, limits.maxOnionsInFlight)
  }

  /** Onions of clients that wait for their answer. */
  get onionsInFlight(): number {
    return this.#inFlight.size
  }

  /** Whether a storage request without an onion is answered. */
  admitRpc(peer: RemoteAddress): boolean {
    return this.#rpc.take(this.#keysOf(peer).client, this.#monotonic())
  }

  /** Whether an onion is taken; if so, `onionOver` is to be called when it is answered. */
  admitOnion(peer: RemoteAddress, bytes: number): Admission {
    const now = this.#monotonic()
    const { client, neighbourhood } = this.#keysOf(peer)
    if (!this.#inFlight.begin(client)) return 'busy'
    const admitted =
      this.#onions.take(client, now) &&
      this.#neighbourOnions.take(neighbourhood, now) &&
      this.#onionBytes.take(client, now, Math.min(bytes, this.#limits.onionBytesBurst))
    if (admitted) return 'admitted'
    this.#inFlight.end(client)
    return 'limited'
  }

  /** An admitted onion is answered. */
  onionOver(peer: RemoteAddress): void {
    this.#inFlight.end(this.#keysOf(peer).client)
  }

  /** Forgets clients that have not been here for a while. To be called every ten seconds. */
  sweep(): void {
    const now = this.#monotonic()
    for (const limit of [this.#rpc, this.#onions, this.#onionBytes, this.#neighbourOnions]) limit.sweep(now)
  }

  /** Worked out once for each connection. */
  #keysOf(peer: RemoteAddress): ClientKeys {
    const known = this.#keys.get(peer)
    if (known !== undefined) return known
    const keys = { client: this.#hash(peer.network(32, 64)), neighbourhood: this.#hash(peer.network(24, 48)) }
    this.#keys.set(peer, keys)
    return keys
  }

  #hash(network: Uint8Array): string {
    return encodeBase64(blake2bWith(16, { key: this.#key }, network))
  }
}
