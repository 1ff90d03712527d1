/** Lets through `rate` a second, and `burst` at once. */
export class TokenBucket {
  readonly #rate: number
  readonly #burst: number
  #tokens: number
  #at: number

  /** `now` is monotonic, ms. */
  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate
    this.#burst = burst
    this.#tokens = burst
    this.#at = now
  }

  /** Whether `count` may pass; then they are counted. */
  take(now: number, count = 1): boolean {
    this.#fill(now)
    if (this.#tokens < count) return false
    this.#tokens -= count
    return true
  }

  /** Nothing was taken for so long that a new bucket would be the same. */
  isFull(now: number): boolean {
    this.#fill(now)
    return this.#tokens >= this.#burst
  }

  #fill(now: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate)
    this.#at = now
  }
}

/** A bucket for each key, as many as may be remembered. When there is no room, those that are full are forgotten. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>()
  readonly #rate: number
  readonly #burst: number
  readonly #max: number

  constructor(rate: number, burst: number, max: number) {
    this.#rate = rate
    this.#burst = burst
    this.#max = max
  }

  /** Whether one of this key may pass. Keys for which there is no room may not. */
  take(key: string, now: number): boolean {
    return this.#bucket(key, now)?.take(now) ?? false
  }

  #bucket(key: string, now: number): TokenBucket | undefined {
    const known = this.#buckets.get(key)
    if (known !== undefined) return known
    if (this.#buckets.size >= this.#max) this.#forget(now)
    if (this.#buckets.size >= this.#max) return undefined
    const bucket = new TokenBucket(this.#rate, this.#burst, now)
    this.#buckets.set(key, bucket)
    return bucket
  }

  #forget(now: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key)
  }
}
