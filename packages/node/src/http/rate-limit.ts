/** How many may pass a second, and how many at once. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets by key, in memory only; full ones are dropped. Keys of outsiders have a bound. Spec 20 §3.17. */
export class RateLimit {
  readonly #rate: Rate
  readonly #maxKeys: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, maxKeys: number) {
    this.#rate = rate
    this.#maxKeys = maxKeys
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  /** Whether `count` may pass now (monotonic ms); then they are counted. New keys may not when there are too many. */
  take(key: string, now: number, count = 1): boolean {
    const bucket = this.#bucket(key, now)
    if (bucket === undefined || bucket.tokens < count) return false
    bucket.tokens -= count
    return true
  }

  /** Drops buckets that are full again: a new one would be the same. To be called every few seconds. */
  sweep(now: number): void {
    for (const [key, bucket] of this.#buckets)
      if (this.#fill(bucket, now) >= this.#rate.burst) this.#buckets.delete(key)
  }

  #bucket(key: string, now: number): Bucket | undefined {
    const known = this.#buckets.get(key)
    if (known !== undefined) {
      this.#fill(known, now)
      return known
    }
    if (this.#buckets.size >= this.#maxKeys) return undefined
    const bucket = { tokens: this.#rate.burst, at: now }
    this.#buckets.set(key, bucket)
    return bucket
  }

  #fill(bucket: Bucket, now: number): number {
    const { perSecond, burst } = this.#rate
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    return bucket.tokens
  }
}
