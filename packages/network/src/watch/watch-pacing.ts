import { type Dice } from '../dice.ts'
import { type WatchLimits } from '../limits.ts'

const DELAYED_REARM_MS = 5000
/** Members cannot ask to be left alone for longer, in ms. */
const MAX_NEXT_MS = 30_000
/** An answer that came at once and brought nothing is not asked for again sooner, in ms. Spec 21, trap 8. */
const MIN_IDLE_MS = 1000

/** What is known of an answer when the next request is planned. */
export interface Answered {
  readonly hasNews: boolean
  /** As the member wishes, in ms. */
  readonly nextMs: number
  /** How long the answer took, in ms. */
  readonly tookMs: number
  /** How long it might have been held, in ms. */
  readonly holdMs: number
}

/** When to ask, and for how long. Everything is drawn anew each time. Spec 21 §4. */
export class WatchPacing {
  readonly #dice: Dice
  readonly #limits: WatchLimits
  readonly #isDelayed: boolean

  constructor(dice: Dice, limits: WatchLimits, isDelayed: boolean) {
    this.#dice = dice
    this.#limits = limits
    this.#isDelayed = isDelayed
  }

  /** Short holds are more likely, so that an early answer says nothing. */
  holdMs(): number {
    const { minHoldMs, maxHoldMs } = this.#limits
    return Math.round(minHoldMs + (maxHoldMs - minHoldMs) * this.#dice.fraction() ** 2)
  }

  /** From an answer to the next request. One that was not to be held is followed at once by one that is. */
  rearmMs({ hasNews, nextMs, tookMs, holdMs }: Answered): number {
    if (holdMs === 0 && nextMs === 0) return 0
    const isEmptyAtOnce = !hasNews && tookMs < MIN_IDLE_MS
    return Math.max(this.#usualRearm(hasNews), Math.min(nextMs, MAX_NEXT_MS), isEmptyAtOnce ? MIN_IDLE_MS : 0)
  }

  /** After so many failures in a row. The first time hardly any, unless somebody refused. */
  backoffMs(failures: number, isRefused: boolean): number {
    const { minBackoffMs, maxBackoffMs, rearmMs } = this.#limits
    if (failures === 1 && !isRefused) return this.#dice.between(0, rearmMs)
    const doublings = Math.min(Math.max(0, failures - 2), 20)
    return this.#dice.about(Math.min(maxBackoffMs, minBackoffMs * 2 ** doublings))
  }

  /** For how long a member is the one that holds. */
  rotateMs(): number {
    return this.#dice.between(this.#limits.minRotateMs, this.#limits.maxRotateMs)
  }

  /** Until another member is asked. */
  secondMs(): number {
    return this.#dice.between(this.#limits.minSecondMs, this.#limits.maxSecondMs)
  }

  /** From one poll to the next. */
  pollMs(): number {
    return this.#dice.about(this.#limits.pollMs)
  }

  #usualRearm(hasNews: boolean): number {
    const { rearmMs, minRearmNewsMs, maxRearmNewsMs } = this.#limits
    if (this.#isDelayed) return this.#dice.between(0, DELAYED_REARM_MS)
    return hasNews ? this.#dice.between(minRearmNewsMs, maxRearmNewsMs) : this.#dice.between(0, rearmMs)
  }
}
