import { blake2bWith, type RandomBytes } from '@sotto/protocol/crypto'
import type { Clock } from '../clock/clock.ts'
import type { RemoteAddress } from '../listener/remote-address.ts'

/** How much each client may do. Spec 20 §3.17, spec 70 §6.3. */
export interface RateLimits {
  /** What a client that was quiet may do at once. */
  readonly capacity: number
  readonly refillPerSecond: number
  /** Clients that are remembered; while there are so many, new ones are refused. */
  readonly maxClients: number
  /** Addresses of IPv4 that share their first bits are one client. */
  readonly ipv4Bits: number
  readonly ipv6Bits: number
}

/** For clients of the storage RPC. Spec 20 §3.17. */
export const defaultRateLimits: RateLimits = {
  capacity: 600,
  refillPerSecond: 300,
  maxClients: 10_000,
  ipv4Bits: 32,
  ipv6Bits: 64,
}

interface Bucket {
  tokens: number
  /** When `tokens` was right, in ms of the monotonic clock. */
  at: number
}

const sweepEveryMs = 10_000

/**
 * A token bucket for each client. Addresses are not kept: buckets are known by a keyed hash of the network, whose key is
 * new with each start. Those that are full again are forgotten every ten seconds.
 */
export class RateLimiter {
  readonly #limits: RateLimits
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #key: Uint8Array
  readonly #buckets = new Map<number, Bucket>()
  /** Hashing once per connection is enough. */
  readonly #tags = new WeakMap<RemoteAddress, number>()
  #sweptAt: number

  constructor(
    limits: RateLimits,
    { clock, random }: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes },
  ) {
    this.#limits = limits
    this.#clock = clock
    this.#key = random(32)
    this.#sweptAt = clock.monotonic()
  }

  /** How many clients have less than all of their tokens, or had when it was last looked. */
  get clients(): number {
    return this.#buckets.size
  }

  /** Takes tokens of a client. False, and none are taken, if it has too few: answer 429. */
  take(peer: RemoteAddress, tokens = 1): boolean {
    const now = this.#clock.monotonic()
    if (now - this.#sweptAt >= sweepEveryMs) this.#sweep(now)
    const tag = this.#tagOf(peer)
    const bucket = this.#buckets.get(tag) ?? this.#begin(tag, now)
    if (bucket === undefined) return false
    this.#refill(bucket, now)
    if (bucket.tokens < tokens) return false
    bucket.tokens -= tokens
    return true
  }

  #begin(tag: number, now: number): Bucket | undefined {
    if (this.#buckets.size >= this.#limits.maxClients) return undefined
    const bucket = { tokens: this.#limits.capacity, at: now }
    this.#buckets.set(tag, bucket)
    return bucket
  }

  #refill(bucket: Bucket, now: number): void {
    const { capacity, refillPerSecond } = this.#limits
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) * refillPerSecond) / 1000)
    bucket.at = now
  }

  #sweep(now: number): void {
    this.#sweptAt = now
    for (const [tag, bucket] of this.#buckets) {
      this.#refill(bucket, now)
      if (bucket.tokens >= this.#limits.capacity) this.#buckets.delete(tag)
    }
  }

  /** 48 bits, as a number: with ten thousand clients two share a bucket once in millions of starts. */
  #tagOf(peer: RemoteAddress): number {
    const known = this.#tags.get(peer)
    if (known !== undefined) return known
    const network = peer.network(this.#limits.ipv4Bits, this.#limits.ipv6Bits)
    const hash = blake2bWith(16, { key: this.#key }, network)
    const tag = hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
    this.#tags.set(peer, tag)
    return tag
  }
}
