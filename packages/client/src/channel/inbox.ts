/** Frames a channel may hold before anyone listens. */
const maxWaiting = 1000

/** Hands frames to one listener, in order, and tells one listener of the end. For whoever makes a channel. */
export class Inbox {
  #waiting: unknown[] = []
  #listen: ((frame: unknown) => void) | undefined
  #closed = false
  #onClose: (() => void) | undefined

  /** Frames after the end, and those beyond what may wait, are dropped. */
  take(frame: unknown): void {
    if (this.#closed) return
    if (this.#listen !== undefined) this.#listen(frame)
    else if (this.#waiting.length < maxWaiting) this.#waiting.push(frame)
  }

  onFrame(listen: (frame: unknown) => void): void {
    this.#listen = listen
    const waiting = this.#waiting
    this.#waiting = []
    for (const frame of waiting) listen(frame)
  }

  /** The channel is closed. May be called twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#onClose?.()
  }

  onClose(listen: () => void): void {
    this.#onClose = listen
    if (this.#closed) listen()
  }
}
