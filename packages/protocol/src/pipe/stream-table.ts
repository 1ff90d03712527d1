import { PipeError } from './pipe-error.ts'
import type { PipeStream } from './stream.ts'

/** What a frame about a stream can be about. */
export type StreamState = PipeStream | 'resetting' | 'closed'

/**
 * The streams of one connection. Their numbers are 1, 2, 3, … in the order of opening, so that what is not here and not
 * newer than the newest has been closed. A stream that this side has reset stays until the peer confirms it: frames that
 * were on their way are then not mistaken for a broken rule.
 */
export class StreamTable {
  readonly #live = new Map<number, PipeStream>()
  readonly #resetting = new Set<number>()
  #newest = 0

  get newest(): number {
    return this.#newest
  }

  /** How many count towards the limit. */
  get size(): number {
    return this.#live.size + this.#resetting.size
  }

  live(): readonly PipeStream[] {
    return [...this.#live.values()]
  }

  get(id: number): PipeStream | undefined {
    return this.#live.get(id)
  }

  /** @throws {PipeError} `pipe.bad-stream` for one that was never opened */
  find(id: number): StreamState {
    if (id > this.#newest) throw new PipeError('pipe.bad-stream', { id, newest: this.#newest })
    return this.#live.get(id) ?? (this.#resetting.has(id) ? 'resetting' : 'closed')
  }

  /** Marks a number as used. @throws {PipeError} `pipe.out-of-order` unless it is the next one */
  number(id: number): void {
    if (id !== this.#newest + 1) throw new PipeError('pipe.out-of-order', { id, newest: this.#newest })
    this.#newest = id
  }

  add(stream: PipeStream): void {
    this.#live.set(stream.id, stream)
  }

  /** Puts a stream behind the others, so that each gets its turn. */
  moveToEnd(stream: PipeStream): void {
    this.#live.delete(stream.id)
    this.#live.set(stream.id, stream)
  }

  close(id: number): void {
    this.#live.delete(id)
    this.#resetting.delete(id)
  }

  /** From now on what comes for it is ignored, until the peer confirms. */
  beginReset(id: number): void {
    this.#live.delete(id)
    this.#resetting.add(id)
  }

  /** Forgets the streams that are newer, and says which of them were live. */
  dropNewerThan(id: number): readonly PipeStream[] {
    const dropped = this.live().filter(stream => stream.id > id)
    for (const stream of dropped) this.#live.delete(stream.id)
    for (const other of [...this.#resetting].filter(resetting => resetting > id)) this.#resetting.delete(other)
    return dropped
  }

  clear(): readonly PipeStream[] {
    return this.dropNewerThan(0)
  }
}
