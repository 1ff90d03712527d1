import { blake2bWith, type RandomBytes } from '@sotto/protocol/crypto'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { type Clock, RateLimiter, type RateLimits, type RemoteAddress } from '@sotto/server'
import { type ClientLimits } from '../limits.ts'

/**
 * What clients may use up by their address. Addresses are only in memory, and only as hashes under a key of this start.
 * Spec 70 §6.3, L1.
 */
export class ClientGate {
  readonly #limits: ClientLimits
  readonly #key: Uint8Array
  readonly #tags = new WeakMap<RemoteAddress, string>()
  readonly #requests: RateLimiter
  readonly #neighbours: RateLimiter
  readonly #bytes: RateLimiter
  readonly #pipesOpen = new Map<string, number>()
  readonly #underWay = new Map<string, number>()
  #total = 0

  constructor(limits: ClientLimits, ports: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes }) {
    const { maxClients, requestBurst, requestRate, bytesBurst, bytesRate, neighbourhoodFactor } = limits
    const client = { maxClients, ipv4Bits: 32, ipv6Bits: 64 }
    const neighbourhood = { maxClients, ipv4Bits: 24, ipv6Bits: 48 }
    const limiter = (each: RateLimits): RateLimiter => new RateLimiter(each, ports)
    this.#limits = limits
    this.#key = ports.random(32)
    this.#requests = limiter({ ...client, capacity: requestBurst, refillPerSecond: requestRate })
    this.#neighbours = limiter({
      ...neighbourhood,
      capacity: requestBurst * neighbourhoodFactor,
      refillPerSecond: requestRate * neighbourhoodFactor,
    })
    this.#bytes = limiter({ ...client, capacity: bytesBurst, refillPerSecond: bytesRate })
  }

  /** Requests of all clients that are under way. */
  get requests(): number {
    return this.#total
  }

  /** Whether a client may have one more pipe; if so, `pipeOver` is to be called at its end. */
  admitPipe(peer: RemoteAddress): boolean {
    return add(this.#pipesOpen, this.#tagOf(peer), this.#limits.maxPipes)
  }

  pipeOver(peer: RemoteAddress): void {
    remove(this.#pipesOpen, this.#tagOf(peer))
  }

  /** Whether a request of so many bytes is taken; if so, `requestOver` is to be called when it has its answer. */
  admitRequest(peer: RemoteAddress, bytes: number): boolean {
    const tag = this.#tagOf(peer)
    if (!add(this.#underWay, tag, this.#limits.maxRequests)) return false
    const counted = Math.min(bytes, this.#limits.bytesBurst)
    if (this.#requests.take(peer) && this.#neighbours.take(peer) && this.#bytes.take(peer, counted)) {
      this.#total += 1
      return true
    }
    remove(this.#underWay, tag)
    return false
  }

  requestOver(peer: RemoteAddress): void {
    this.#total -= 1
    remove(this.#underWay, this.#tagOf(peer))
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

/** Counts one more, unless there are so many already. */
function add(counts: Map<string, number>, tag: string, most: number): boolean {
  const count = counts.get(tag) ?? 0
  if (count >= most) return false
  counts.set(tag, count + 1)
  return true
}

function remove(counts: Map<string, number>, tag: string): void {
  const count = counts.get(tag) ?? 0
  if (count > 1) counts.set(tag, count - 1)
  else counts.delete(tag)
}
