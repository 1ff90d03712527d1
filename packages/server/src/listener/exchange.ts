import { releaseBytes } from '@sotto/protocol/crypto'
import { GatheredBody } from '@sotto/protocol/link'
import { BodyError } from './body-error.ts'
import { BodyPieces, type BodySource } from './body-pieces.ts'
import type { RemoteAddress } from './remote-address.ts'
import type { RequestHeaders, ServerReply, ServerRequest } from './route.ts'
import type { RequestWay } from './unhandled-errors.ts'

/** What became of reading a body. */
export type BodyOutcome = 'complete' | 'too-large' | 'too-many-bytes' | 'gone'

/** Where an exchange stands, for the sweep that ends those that stand still. */
export type ExchangePhase = 'reading' | 'streaming' | 'handling' | 'replying' | 'over'

/** Counts bytes of bodies over all exchanges, so that together they stay below a limit. */
export interface ByteBudget {
  /** False, and nothing is taken, if that would be too many. */
  take(bytes: number): boolean
  give(bytes: number): void
}

const empty = new Uint8Array()

/** One request and its answer, whatever version of HTTP they travel by. */
export abstract class Exchange implements ServerRequest {
  abstract readonly way: RequestWay
  abstract readonly method: string
  abstract readonly headers: RequestHeaders
  /** The announced length of the body; 0 if none is. */
  abstract readonly declaredBytes: number
  /** Whether a body is announced, with or without its length. */
  abstract readonly hasBody: boolean
  readonly path: string
  readonly query: string
  readonly peer: RemoteAddress
  body: Uint8Array = empty
  pieces: BodyPieces | undefined
  /** How long the pieces may wait for the next one. */
  idleMs = 0
  phase: ExchangePhase = 'reading'
  /** Set when a body was announced that nobody is going to read. */
  unread = false
  /** When the phase began, in ticks of the sweep. */
  since: number
  #held = 0
  #controller: AbortController | undefined
  #aborted = false
  readonly #budget: ByteBudget
  #stopReading: (() => void) | undefined

  constructor(target: string, peer: RemoteAddress, budget: ByteBudget, tick: number) {
    const mark = target.indexOf('?')
    this.path = mark < 0 ? target : target.slice(0, mark)
    this.query = mark < 0 ? '' : target.slice(mark + 1)
    this.peer = peer
    this.#budget = budget
    this.since = tick
  }

  /** Made only if somebody asks: most handlers are done before a client could go away. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort()
    return this.#controller.signal
  }

  /** Sends an answer. With `close` it is the last on its connection, and the rest of a body is not waited for. */
  abstract reply(reply: ServerReply, close: boolean): void

  /** Ends the connection, or the stream of HTTP/2, at once. */
  abstract destroy(): void

  /** Whether each chunk of the body has memory of its own, which is used by nobody else. */
  protected readonly ownsChunks: boolean = false

  /** Where the body comes from. */
  protected abstract get source(): BodySource

  /** The body has done its part: it is let go, and so is the room that it took. */
  releaseBody(): void {
    this.body = empty
    this.#budget.give(this.#held)
    this.#held = 0
  }

  /** Called when the answer is sent or the client is gone. */
  finish(answered: boolean): void {
    this.phase = 'over'
    this.#budget.give(this.#held)
    this.#held = 0
    if (!answered) this.abort()
    this.#stopReading?.()
  }

  /** Tells the handler that nobody waits for its answer any more. */
  abort(): void {
    this.#aborted = true
    this.#controller?.abort()
  }

  /** Hands the body out in `pieces`, at most `limit` bytes of it. `progress` is called for each. */
  openBody(limit: number, progress: () => void): void {
    const ended = (): void => {
      this.#stopReading = undefined
      this.unread = false
      if (this.phase === 'streaming') this.phase = 'handling'
    }
    const pieces = new BodyPieces(this.source, limit, { progress, ended })
    this.unread = true
    this.pieces = pieces
    this.#stopReading = () => pieces.fail(new BodyError('body.gone'))
  }

  /** Reads the body, at most `limit` bytes of it. `done` is called once. A body that comes in one piece is not copied. */
  readBody(limit: number, done: (outcome: BodyOutcome) => void): void {
    const most = this.declaredBytes > 0 ? Math.min(limit, this.declaredBytes) : limit
    const body = new GatheredBody(most, bytes => this.#hold(bytes))
    let finished = false
    const end = (outcome: BodyOutcome): void => {
      if (finished) return
      finished = true
      this.#stopReading = undefined
      const bytes = body.finish()
      // Handlers never meet Node's own kind of bytes.
      if (outcome === 'complete') this.body = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      done(outcome)
    }
    this.#stopReading = () => end('gone')
    this.source.on('data', chunk => {
      if (finished) return
      const isCopied = body.length > 0
      if (body.add(chunk)) {
        if (isCopied && this.ownsChunks) releaseBytes(chunk)
        return
      }
      end(body.length + chunk.length > most ? 'too-large' : 'too-many-bytes')
    })
    this.source.on('end', () => end('complete'))
  }

  #hold(bytes: number): boolean {
    if (!this.#budget.take(bytes)) return false
    this.#held += bytes
    return true
  }
}

/** A `content-length`. The parsers of Node have refused what is no number. */
export function readLength(text: string | undefined): number {
  const length = text === undefined ? 0 : Number(text)
  return Number.isSafeInteger(length) && length > 0 ? length : 0
}
