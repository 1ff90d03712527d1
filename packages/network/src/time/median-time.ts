import { type NodeId } from '@sotto/protocol/swarm'
import { pause, unlessAborted } from '../deadline.ts'
import { type Dice } from '../dice.ts'
import { type TimeLimits } from '../limits.ts'
import { Listeners } from '../listeners.ts'
import { type Clock } from '../ports/clock.ts'
import { type NetworkTime } from './network-time.ts'
import { median, type TimeSample } from './time-round.ts'

/** What network time needs of the rest. */
export interface MedianTimeOptions {
  readonly clock: Clock
  readonly dice: Dice
  readonly limits: TimeLimits
  /** Asks several nodes at once. */
  readonly ask: (signal: AbortSignal) => Promise<readonly TimeSample[]>
  /** A node says something else than most. */
  readonly onOutlier: (id: NodeId) => void
  /** The time is known now. `offset` is what the device's clock was wrong by, in ms. */
  readonly onFirst: (offset: number) => void
  /** Ends everything. */
  readonly signal: AbortSignal
}

/** Where time was anchored. */
interface Anchor {
  /** Unix ms of the network less monotonic ms. */
  readonly network: number
  /** Unix ms of the device less monotonic ms. */
  readonly device: number
}

/** A step that has to be confirmed. */
interface Step {
  readonly network: number
  readonly at: number
}

/** The device's clock was set, or the device slept, if its two clocks disagree by more, in ms. */
const GAP_MS = 2000
/** A change of the offset that others should know of, in ms. */
const NOTICE_MS = 1000
/** Rounds on demand are not closer together, in ms. */
const MIN_ROUND_GAP_MS = 5000
/** While nothing is known it is tried at least this often, in ms. */
const MAX_RETRY_MS = 60_000

/** The median of several nodes, on the monotonic clock between rounds. Spec 70 §6.5. */
export class MedianTime implements NetworkTime {
  readonly #options: MedianTimeOptions
  readonly #listeners = new Listeners()
  #anchor: Anchor | undefined
  #pending: Step | undefined
  #round: Promise<void> | undefined
  #lastRound = Number.NEGATIVE_INFINITY
  #failures = 0
  #wake = new AbortController()

  constructor(options: MedianTimeOptions) {
    this.#options = options
  }

  now(): number {
    const { clock } = this.#options
    if (this.#anchor === undefined) return Math.round(clock.now())
    if (this.#failures === 0 && this.#isGapped(this.#anchor)) this.#wake.abort()
    return Math.round(clock.monotonic() + this.#anchor.network)
  }

  offset(): number {
    return this.#anchor === undefined ? 0 : this.now() - this.#options.clock.now()
  }

  isSettled(): boolean {
    return this.#anchor !== undefined
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Ends when nodes have been asked at least once, whatever came of it. */
  async ready(signal?: AbortSignal): Promise<void> {
    if (this.#anchor === undefined && this.#failures === 0) await unlessAborted(this.#runRound(), signal)
  }

  /** A node refused our time: asks again, unless that was just done. Never throws for lack of answers. */
  async resync(signal?: AbortSignal): Promise<void> {
    const isFresh = this.#options.clock.monotonic() - this.#lastRound < MIN_ROUND_GAP_MS
    if (!isFresh || this.#round !== undefined) await unlessAborted(this.#runRound(), signal)
  }

  /** Asks again and again. Rejects when everything ends. */
  async run(): Promise<never> {
    const { signal } = this.#options
    for (;;) {
      this.#wake = new AbortController()
      await this.#runRound()
      await this.#rest(AbortSignal.any([signal, this.#wake.signal])).catch((error: unknown) => {
        if (signal.aborted || !this.#wake.signal.aborted) throw error
      })
      const since = this.#options.clock.monotonic() - this.#lastRound
      await pause(
        this.#options.clock,
        Math.max(0, Math.min(this.#options.limits.retryMs - since, MAX_RETRY_MS)),
        signal,
      )
    }
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const { clock, dice, limits } = this.#options
    if (this.#pending !== undefined) return pause(clock, limits.confirmMs, signal)
    if (this.#failures === 0) return pause(clock, dice.about(limits.everyMs), signal)
    const retry = Math.min(MAX_RETRY_MS, limits.retryMs * 2 ** Math.min(this.#failures - 1, 20))
    return pause(clock, dice.about(retry), signal)
  }

  /** One at a time; who comes meanwhile waits for the same one. */
  async #runRound(): Promise<void> {
    this.#round ??= this.#ask().finally(() => {
      this.#round = undefined
    })
    await this.#round
  }

  async #ask(): Promise<void> {
    const { clock, limits, ask, signal } = this.#options
    const samples = await ask(signal)
    this.#lastRound = clock.monotonic()
    const middle = samples.length < limits.minSamples ? undefined : median(samples.map(({ offset }) => offset))
    if (middle === undefined) {
      this.#failures += 1
      return
    }
    this.#failures = 0
    for (const { id, offset } of samples) {
      if (Math.abs(offset - middle) > limits.outlierMs) this.#options.onOutlier(id)
    }
    this.#take(middle)
  }

  /** Small steps at once. A large one only if it explains itself, or when a second round agrees. */
  #take(network: number): void {
    const { clock, limits } = this.#options
    const { stepMs, confirmMs } = limits
    const isNear = (other: number): boolean => Math.abs(network - other) <= stepMs
    const pending = this.#pending
    const isConfirmed =
      pending !== undefined && isNear(pending.network) && clock.monotonic() - pending.at >= confirmMs / 2
    if (
      this.#anchor === undefined ||
      isNear(this.#anchor.network) ||
      isNear(this.#wokenTo(this.#anchor)) ||
      isConfirmed
    ) {
      this.#set(network)
    } else if (pending === undefined || !isNear(pending.network)) {
      this.#pending = { network, at: clock.monotonic() }
    }
  }

  #set(network: number): void {
    const before = this.#anchor
    this.#pending = undefined
    this.#anchor = { network, device: this.#deviceGap() }
    if (before === undefined) this.#options.onFirst(this.offset())
    if (before === undefined || Math.abs(before.network - network) > NOTICE_MS) this.#listeners.tell()
  }

  /** If the device slept while its monotonic clock stood still, the device's clock still tells the time. */
  #wokenTo({ network, device }: Anchor): number {
    return network + this.#deviceGap() - device
  }

  #isGapped({ device }: Anchor): boolean {
    return Math.abs(this.#deviceGap() - device) > GAP_MS
  }

  #deviceGap(): number {
    const { clock } = this.#options
    return clock.now() - clock.monotonic()
  }
}
