import { type SleepingClock } from '../clock/clock.ts'

/** One turn of the wheel, ms. Spec 21 §3. */
const TICK_MS = 250
/** More ticks than any hold has. */
const slots = 128

/** Something that is to happen at a tick. It can be moved and taken off again. */
export interface Timed {
  /** The tick in which it is due; `undefined` while it is on no wheel. */
  dueTick: number | undefined
}

/**
 * One timer for all holders: what is due within 250 ms comes together. Turns only while something is on it. Nothing may be
 * due later than 31 s from now.
 */
export class TimerWheel<Item extends Timed> {
  readonly #clock: SleepingClock
  readonly #signal: AbortSignal
  readonly #onDue: (item: Item) => void
  readonly #onTick: () => void
  readonly #slots: readonly Set<Item>[] = Array.from({ length: slots }, () => new Set<Item>())
  #tick = 0
  #size = 0
  #isTurning = false

  /** `onTick` is called after each turn. The wheel stands still when the signal has aborted. */
  constructor(clock: SleepingClock, signal: AbortSignal, onDue: (item: Item) => void, onTick: () => void) {
    this.#clock = clock
    this.#signal = signal
    this.#onDue = onDue
    this.#onTick = onTick
  }

  /** Due after `ms` at the earliest, and at most a tick later. What is on the wheel already is moved. */
  schedule(item: Item, ms: number): void {
    this.cancel(item)
    item.dueTick = this.#tick + Math.min(slots - 1, Math.max(1, Math.ceil(ms / TICK_MS)))
    this.#slots[item.dueTick % slots]?.add(item)
    this.#size++
    if (!this.#isTurning) void this.#turn()
  }

  /** Never due, unless it is scheduled again. */
  cancel(item: Item): void {
    if (item.dueTick === undefined) return
    this.#slots[item.dueTick % slots]?.delete(item)
    item.dueTick = undefined
    this.#size--
  }

  /** Everything on the wheel. */
  items(): readonly Item[] {
    return this.#slots.flatMap(slot => [...slot])
  }

  async #turn(): Promise<void> {
    this.#isTurning = true
    try {
      while (this.#size > 0) {
        await this.#clock.sleep(TICK_MS, this.#signal)
        this.#tick++
        for (const item of this.#slots[this.#tick % slots] ?? []) {
          this.cancel(item)
          this.#onDue(item)
        }
        this.#onTick()
      }
    } catch (error) {
      if (!this.#signal.aborted) throw error
    } finally {
      this.#isTurning = false
    }
  }
}
