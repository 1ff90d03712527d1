import { type AccountId } from '@sotto/protocol/account'

/** How long a sign of typing is shown. Spec 10 §5.4. */
const SHOWN_MS = 15_000

/** More people than write at once. */
const MAX_WRITERS = 100

/** Who writes just now, as far as they say. Times are those of the monotonic clock, in ms. */
export class TypingBoard {
  readonly #until = new Map<AccountId, number>()

  /** Someone has begun, or goes on. There is room for so many only. */
  begin(writer: AccountId, now: number): void {
    if (this.#until.size >= MAX_WRITERS && !this.#until.has(writer)) return
    this.#until.set(writer, now + SHOWN_MS)
  }

  /** Someone has stopped, or has sent what they wrote. Whether that changes anything. */
  end(writer: AccountId): boolean {
    return this.#until.delete(writer)
  }

  /** Takes down what was shown long enough. Whether that changes anything. */
  sweep(now: number): boolean {
    const over = [...this.#until].filter(([, until]) => until <= now)
    for (const [writer] of over) this.#until.delete(writer)
    return over.length > 0
  }

  /** When the next one is to be taken down; `undefined` if nobody writes. */
  nextEnd(): number | undefined {
    return this.#until.size === 0 ? undefined : Math.min(...this.#until.values())
  }

  /** Those who write, in the order in which they began. */
  writers(): readonly AccountId[] {
    return [...this.#until.keys()]
  }
}
