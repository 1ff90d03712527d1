import { blake2bWith, type RandomBytes } from '@sotto/protocol/crypto'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { type Clock, RateLimiter, type RemoteAddress } from '@sotto/server'
import { Pending } from '../onion/pending.ts'
import { type ClientLimits } from './client-limits.ts'

/** What becomes of a request at the door: `busy` is for too many at once, `limited` for too many in a while. */
export type Admission = 'admitted' | 'limited' | 'busy'

/** What one client may do, or all clients of a gateway together. */
interface Buckets {
  readonly rpc: RateLimiter
  readonly onions: RateLimiter
  readonly onionBytes: RateLimiter
  readonly mostOnionBytes: number
  readonly inFlight: Pending<string>
}

/** As what a connection is counted, once it has asked for something or was named. */
type Kind = 'client' | 'gateway'

/**
 * What clients may ask by their address. Addresses are only in memory, and only as hashes under a key of this start. A gateway
 * that has named itself has one address and many clients: it keeps each of them within the limits, and is counted here as so
 * many. Spec 20 §3.17, spec 70 §6.3, Amendments.
 */
export class ClientGate {
  readonly #key: Uint8Array
  readonly #tags = new WeakMap<RemoteAddress, string>()
  readonly #kinds = new WeakMap<RemoteAddress, Kind>()
  readonly #buckets: Readonly<Record<Kind, Buckets>>
  readonly #neighbourOnions: RateLimiter

  constructor(limits: ClientLimits, ports: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes }) {
    const { maxClients, neighbourhoodFactor, gatewayFactor } = limits
    this.#key = ports.random(32)
    this.#buckets = { client: bucketsFor(limits, 1, ports), gateway: bucketsFor(limits, gatewayFactor, ports) }
    this.#neighbourOnions = new RateLimiter(
      {
        maxClients,
        ipv4Bits: 24,
        ipv6Bits: 48,
        capacity: limits.onionBurst * neighbourhoodFactor,
        refillPerSecond: limits.onionRate * neighbourhoodFactor,
      },
      ports,
    )
  }

  /** Onions of clients that wait for their answer. */
  get onionsInFlight(): number {
    const { client, gateway } = this.#buckets
    return client.inFlight.size + gateway.inFlight.size
  }

  /** This connection is a gateway's. False if it has asked for something before: then it stays what it was. */
  nameGateway(peer: RemoteAddress): boolean {
    return this.#kindOf(peer, 'gateway') === 'gateway'
  }

  /** Whether a storage request without an onion is answered. */
  admitRpc(peer: RemoteAddress): boolean {
    return this.#bucketsOf(peer).rpc.take(peer)
  }

  /** Whether an onion is taken; if so, `onionOver` is to be called when it is answered. */
  admitOnion(peer: RemoteAddress, bytes: number): Admission {
    const tag = this.#tagOf(peer)
    const { inFlight, onions, onionBytes, mostOnionBytes } = this.#bucketsOf(peer)
    if (!inFlight.begin(tag)) return 'busy'
    const isFree = (): boolean => this.#kindOf(peer) === 'gateway' || this.#neighbourOnions.take(peer)
    if (onions.take(peer) && isFree() && onionBytes.take(peer, Math.min(bytes, mostOnionBytes))) return 'admitted'
    inFlight.end(tag)
    return 'limited'
  }

  /** An admitted onion is answered. */
  onionOver(peer: RemoteAddress): void {
    this.#bucketsOf(peer).inFlight.end(this.#tagOf(peer))
  }

  #bucketsOf(peer: RemoteAddress): Buckets {
    return this.#buckets[this.#kindOf(peer)]
  }

  /** The first word holds: what a connection has begun as one it does not end as the other. */
  #kindOf(peer: RemoteAddress, first: Kind = 'client'): Kind {
    const known = this.#kinds.get(peer)
    if (known !== undefined) return known
    this.#kinds.set(peer, first)
    return first
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

/** `factor` times what one client may do. */
function bucketsFor(
  limits: ClientLimits,
  factor: number,
  ports: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes },
): Buckets {
  const limiter = (burst: number, rate: number): RateLimiter => {
    const { maxClients } = limits
    const each = { maxClients, ipv4Bits: 32, ipv6Bits: 64, capacity: factor * burst, refillPerSecond: factor * rate }
    return new RateLimiter(each, ports)
  }
  return {
    rpc: limiter(limits.rpcBurst, limits.rpcRate),
    onions: limiter(limits.onionBurst, limits.onionRate),
    onionBytes: limiter(limits.onionBytesBurst, limits.onionBytesRate),
    mostOnionBytes: factor * limits.onionBytesBurst,
    inFlight: new Pending(Infinity, factor * limits.maxOnionsInFlight),
  }
}
