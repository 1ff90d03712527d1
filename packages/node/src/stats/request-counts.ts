/** What is counted since the start and lately. Spec 20 §6, get_stats. */
export type CountedRequest = 'store' | 'retrieve' | 'onion' | 'proxy'

const kinds: readonly CountedRequest[] = ['store', 'retrieve', 'onion', 'proxy']
const windowMs = 600_000
const windows = 6

interface Window {
  readonly startedAt: number
  readonly counts: Map<CountedRequest, number>
}

/** Counts requests in six windows of ten minutes. */
export class RequestCounts {
  readonly #monotonic: () => number
  readonly #totals = new Map<CountedRequest, number>()
  readonly #windows: Window[]

  /** `monotonic` is ms since some moment. */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
    this.#windows = [{ startedAt: monotonic(), counts: new Map() }]
  }

  /** One more. */
  count(kind: CountedRequest): void {
    add(this.#totals, kind)
    const window = this.#current()
    if (window !== undefined) add(window.counts, kind)
  }

  /** `total_…_requests`, `recent_…_requests` and `recent_timespan` in seconds. */
  read(): Readonly<Record<string, number>> {
    this.#current()
    const recent = (kind: CountedRequest): number =>
      this.#windows.reduce((sum, { counts }) => sum + (counts.get(kind) ?? 0), 0)
    const since = this.#windows[0]?.startedAt ?? this.#monotonic()
    return Object.fromEntries([
      ...kinds.map(kind => [`total_${kind}_requests`, this.#totals.get(kind) ?? 0]),
      ...kinds.map(kind => [`recent_${kind}_requests`, recent(kind)]),
      ['recent_timespan', Math.round((this.#monotonic() - since) / 1000)],
    ])
  }

  /** The newest window; the oldest one goes when a seventh begins. */
  #current(): Window | undefined {
    const now = this.#monotonic()
    const newest = this.#windows.at(-1)
    if (newest !== undefined && now - newest.startedAt < windowMs) return newest
    this.#windows.push({ startedAt: now, counts: new Map() })
    while (this.#windows.length > windows) this.#windows.shift()
    return this.#windows.at(-1)
  }
}

function add(counts: Map<CountedRequest, number>, kind: CountedRequest): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}
