import { BodyError } from './body-error.ts'

/** The part of a stream of body bytes that reading needs; HTTP/1.1 and HTTP/2 both have it. */
export interface BodySource {
  /** What it gives, but for the first chunk, is given for the time of the call: who keeps it has to copy it. */
  readonly lends?: boolean
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end', listener: () => void): unknown
  pause?(): unknown
  resume?(): unknown
}

/** Who hears of a body that is read in pieces. */
export interface PiecesWatcher {
  /** Another piece has come. */
  readonly progress: () => void
  /** All of it has. */
  readonly ended: () => void
}

interface Waiting {
  readonly resolve: (next: IteratorResult<Uint8Array, undefined>) => void
  readonly reject: (error: BodyError) => void
}

const over: IteratorResult<Uint8Array, undefined> = { done: true, value: undefined }

/** A body piece by piece. The source stands still while nobody asks for the next one, so that one piece or two are in memory. */
export class BodyPieces implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: BodySource
  readonly #limit: number
  readonly #watcher: PiecesWatcher
  #pieces: Uint8Array[] = []
  #size = 0
  #waiting: Waiting | undefined
  #state: 'open' | 'ended' | 'closed' = 'open'
  #failure: BodyError | undefined

  constructor(source: BodySource, limit: number, watcher: PiecesWatcher) {
    this.#source = source
    this.#limit = limit
    this.#watcher = watcher
    source.on('data', chunk => this.#take(chunk))
    source.on('end', () => this.#end())
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const piece = this.#pieces.shift()
    if (piece !== undefined) return Promise.resolve({ done: false, value: piece })
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#state !== 'open') return Promise.resolve(over)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#source.resume?.()
    })
  }

  /** Nobody reads on. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#pieces = []
    if (this.#state === 'open') this.#state = 'closed'
    return Promise.resolve(over)
  }

  /** No more is to come. What waits for the next piece hears it, and so does who asks later. */
  fail(error: BodyError): void {
    if (this.#state !== 'open') return
    this.#state = 'closed'
    this.#failure = error
    this.#pieces = []
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }

  #take(chunk: Uint8Array): void {
    if (this.#state !== 'open') return
    this.#watcher.progress()
    this.#size += chunk.length
    if (this.#size > this.#limit) return this.fail(new BodyError('body.too-large'))
    // Handlers never meet Node's own kind of bytes.
    const piece = this.#source.lends
      ? new Uint8Array(chunk)
      : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting !== undefined) return waiting.resolve({ done: false, value: piece })
    this.#pieces.push(piece)
    this.#source.pause?.()
  }

  #end(): void {
    if (this.#state !== 'open') return
    this.#state = 'ended'
    this.#watcher.ended()
    this.#waiting?.resolve(over)
    this.#waiting = undefined
  }
}
