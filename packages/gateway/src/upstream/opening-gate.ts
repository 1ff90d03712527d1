import { TransportError } from '@sotto/transport'

/** What bounds the gate: see `GuardLimits`. */
export interface OpeningLimits {
  readonly maxOpening: number
  readonly heldMs: number
  readonly maxWaiting: number
}

/**
 * Lets so many at once do something that takes a connection; the others wait for their turn. Who is not done after `heldMs`
 * keeps its connection and gives its place to the next: handshakes stay few at a time, and held requests do not fill the gate.
 */
export class OpeningGate {
  readonly #limits: OpeningLimits
  readonly #waiting = new Set<() => void>()
  #inside = 0

  constructor(limits: OpeningLimits) {
    this.#limits = limits
  }

  /**
   * Runs something when it is its turn.
   * @throws {TransportError} `transport.busy` if too many wait; the reason of the signal if it aborts before the turn comes
   */
  async run<Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted()
    if (this.#inside >= this.#limits.maxOpening) await this.#turn(signal)
    else this.#inside += 1
    const leave = once(() => this.#leave())
    const timer = setTimeout(leave, this.#limits.heldMs)
    try {
      return await task()
    } finally {
      clearTimeout(timer)
      leave()
    }
  }

  /** Waits for a place that somebody leaves; it is taken without being free in between. */
  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#limits.maxWaiting) throw new TransportError('transport.busy')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const giveUp = (): void => reject(signal.reason)
    this.#waiting.add(resolve)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      await promise
    } finally {
      this.#waiting.delete(resolve)
      signal.removeEventListener('abort', giveUp)
    }
  }

  #leave(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#inside -= 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}

/** Calls a function at the first call only. */
function once(call: () => void): () => void {
  let called = false
  return () => {
    if (called) return
    called = true
    call()
  }
}
