/** The part of a BroadcastChannel that is used. */
export interface IdleChannel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** Input is told to other tabs this often at most, ms. */
const tellMs = 2000

/**
 * Since when nobody has used any tab of the app. Nothing of it is kept anywhere: tabs tell each other. The clock is the wall's,
 * because others stand still while a device sleeps.
 */
export class IdleWatch {
  readonly #channel: IdleChannel
  readonly #now: () => number
  #lastInput: number
  #lastTold = Number.NEGATIVE_INFINITY

  constructor(channel: IdleChannel, now: () => number) {
    this.#channel = channel
    this.#now = now
    this.#lastInput = now()
    channel.addEventListener('message', ({ data }) => this.#hear(data))
  }

  /** Somebody touched this tab. */
  readonly noteInput = (): void => {
    this.#lastInput = this.#now()
    if (this.#lastInput - this.#lastTold < tellMs) return
    this.#tell()
  }

  /** How long ago anybody touched any tab that has been heard of. */
  get idleMs(): number {
    return this.#now() - this.#lastInput
  }

  /** Asks other tabs: what they know comes in a moment. */
  ask(): void {
    this.#channel.postMessage({ kind: 'ask' })
  }

  #tell(): void {
    this.#lastTold = this.#now()
    this.#channel.postMessage({ kind: 'input', at: this.#lastInput })
  }

  #hear(data: unknown): void {
    if (typeof data !== 'object' || data === null || !('kind' in data)) return
    if (data.kind === 'ask') this.#tell()
    // A tab that claims the future would keep everything open.
    const at = 'at' in data && typeof data.at === 'number' ? Math.min(data.at, this.#now()) : undefined
    if (data.kind === 'input' && at !== undefined) this.#lastInput = Math.max(this.#lastInput, at)
  }
}
