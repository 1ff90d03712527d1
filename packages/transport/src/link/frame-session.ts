import { type TLSSocket } from 'node:tls'
import { releaseBytes } from '@sotto/protocol/crypto'
import {
  type LinkFrame,
  LinkFrameError,
  LinkFrameReader,
  LinkOutbox,
  linkPathCode,
  type LinkReplyFrame,
  linkTypes,
  MAX_ID,
} from '@sotto/protocol/link'
import { TransportError } from '../transport-error.ts'
import { type Exchange } from './exchange.ts'
import { type LinkReply } from './link-reply.ts'
import { type LinkSession, type SessionEvents } from './link-session.ts'

/** One request that waits for its reply, or for the rest of it. */
interface Waiting {
  readonly exchange: Exchange
  /** The first frame of the reply, once there is one. */
  begun: LinkReplyFrame | undefined
}

/** Handed to the socket in one piece, at most about so much. */
const batchBytes = 262_144
/** Pongs are not worth more memory than this. */
const maxUnsentForPongs = 1_048_576

const headersByType: ReadonlyMap<number, ReadonlyMap<string, string>> = new Map(
  [...linkTypes].map(([code, type]) => [code, new Map([['content-type', type]])]),
)
const noHeaders: ReadonlyMap<string, string> = new Map()

/** Our own frames over a connection, as the side that asks. See docs/protocol/node-link.md. */
export class FrameSession implements LinkSession {
  readonly #socket: TLSSocket
  readonly #events: SessionEvents
  readonly #reader = new LinkFrameReader()
  readonly #waiting = new Map<number, Waiting>()
  readonly #outbox = new LinkOutbox(id => this.#waiting.get(id)?.exchange.freeBody())
  #lastId = 0
  #flushing = false
  #onPong: (() => void) | undefined

  constructor(socket: TLSSocket, events: SessionEvents) {
    this.#socket = socket
    this.#events = events
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk))
    socket.on('drain', () => this.#flush())
    // What broke is told by the end of what waits.
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    socket.once('close', events.onClose)
  }

  carry(exchange: Exchange): void {
    const { body } = exchange
    const path = linkPathCode(exchange.request.path)
    if (exchange.ended || body === undefined) return
    if (path === undefined || this.#socket.destroyed) return exchange.fail(new TransportError('transport.closed'))
    const id = this.#nextId()
    this.#waiting.set(id, { exchange, begun: undefined })
    exchange.onFail = () => this.#cancel(id)
    this.#outbox.push({ kind: 'request', id, path, body })
    this.#flushSoon()
  }

  ping(onPong: () => void): void {
    this.#onPong = onPong
    this.#outbox.push({ kind: 'ping', id: 0 })
    this.#flushSoon()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #nextId(): number {
    do this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1
    while (this.#waiting.has(this.#lastId))
    return this.#lastId
  }

  #cancel(id: number): void {
    if (!this.#waiting.delete(id) || this.#outbox.drop(id) === 'nothing-sent') return
    this.#outbox.push({ kind: 'cancel', id })
    this.#flushSoon()
  }

  /** Everything that is asked for in one turn of the event loop goes out together. */
  #flushSoon(): void {
    if (this.#flushing || this.#socket.writableNeedDrain) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    while (!this.#socket.destroyed && !this.#socket.writableNeedDrain) {
      const batch = this.#outbox.take(batchBytes)
      if (batch === undefined) return
      this.#socket.write(batch, () => releaseBytes(batch))
    }
  }

  #receive(chunk: Uint8Array): void {
    try {
      // Data is copied where it belongs by then, and 10 MB of chunks would wait for the collector.
      if (this.#reader.push(chunk, frame => this.#take(frame))) releaseBytes(chunk)
    } catch (cause) {
      if (!(cause instanceof LinkFrameError)) throw cause
      this.#socket.destroy()
    }
  }

  #take(frame: LinkFrame): void {
    switch (frame.kind) {
      case 'reply':
        return this.#begin(frame)
      case 'data':
        return this.#continue(frame.id, frame.bytes)
      case 'cancel':
        return this.#waiting.get(frame.id)?.exchange.fail(new TransportError('transport.closed'))
      case 'ping':
        return this.#pong(frame.id)
      case 'pong':
        return this.#onPong?.()
      case 'go-away':
        return this.#events.onRetire()
      case 'request':
        throw new LinkFrameError('link-frame.unexpected')
    }
  }

  /** Replies to what was cancelled meanwhile are of no interest. */
  #begin(frame: LinkReplyFrame): void {
    const waiting = this.#waiting.get(frame.id)
    if (waiting === undefined) return
    if (waiting.begun !== undefined) throw new LinkFrameError('link-frame.unexpected')
    const { exchange } = waiting
    const most = exchange.request.maxReplyBytes
    if (frame.length > most) return exchange.fail(new TransportError('transport.too-large', { most }))
    if (frame.bytes.length === frame.length) {
      this.#over(frame.id, exchange)
      return exchange.complete({ ...headOf(frame), body: new Uint8Array(frame.bytes) })
    }
    waiting.begun = frame
    exchange.receive(frame.bytes, frame.length)
  }

  #continue(id: number, bytes: Uint8Array): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    const { exchange, begun } = waiting
    if (begun === undefined || exchange.received + bytes.length > begun.length) {
      throw new LinkFrameError('link-frame.unexpected')
    }
    exchange.receive(bytes, begun.length)
    if (exchange.received < begun.length) return
    this.#over(id, exchange)
    exchange.finish(headOf(begun))
  }

  /** An answer may come before all of the request is sent: the rest is not wanted then. */
  #over(id: number, { body }: Exchange): void {
    this.#waiting.delete(id)
    if (body === undefined || this.#outbox.drop(id) !== 'cut') return
    this.#outbox.push({ kind: 'cancel', id })
    this.#flushSoon()
  }

  #pong(id: number): void {
    if (this.#outbox.bytes > maxUnsentForPongs) return
    this.#outbox.push({ kind: 'pong', id })
    this.#flushSoon()
  }
}

/** All of the request has been copied for the socket by then, or never will be. */
function headOf({ status, type }: LinkReplyFrame): Omit<LinkReply, 'body'> {
  return { status, headers: headersByType.get(type) ?? noHeaders, requestIsFree: true }
}
