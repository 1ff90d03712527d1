import type { TLSSocket } from 'node:tls'
import { releaseBytes } from '@sotto/protocol/crypto'
import {
  LINK_BINDING,
  type LinkFrame,
  LinkFrameError,
  LinkFrameReader,
  LinkOutbox,
  type LinkRequestFrame,
  linkTypeCode,
} from '@sotto/protocol/link'
import type { Dispatcher } from '../dispatcher.ts'
import type { ListenerLimits } from '../limits.ts'
import type { RemoteAddress } from '../remote-address.ts'
import { textReply } from '../reply.ts'
import type { ServerReply } from '../route.ts'
import { LinkExchange, type LinkExchangeOwner } from './link-exchange.ts'

/** What a connection of a link needs. */
export interface LinkConnectionOptions {
  readonly dispatcher: Dispatcher
  readonly limits: ListenerLimits
  readonly peer: RemoteAddress
  /** What came does not keep to the format: the connection is closed. */
  readonly onMalformed: () => void
  /** A request was turned away, because there are too many on this connection. */
  readonly onBusy: () => void
}

/** Handed to the socket in one piece, at most about so much. */
const batchBytes = 262_144
/** From so many bytes that the other side does not take on nothing is read from it, until there are less than a quarter. */
const pauseBytes = 4_194_304
/** From so many on there are no more answers. Spec 21 §3. */
const mostUnsentBytes = 67_108_864
/** Cancelled requests still cost what they cost: no more of them a second, beyond as many as may be under way. */
const cancelsPerTick = 200

const busy = textReply(503, 'Server busy, try again later')

/** One connection of a node that asks this one, in our own frames. See docs/protocol/node-link.md. */
export class LinkConnection implements LinkExchangeOwner {
  readonly #socket: TLSSocket
  readonly #options: LinkConnectionOptions
  readonly #reader = new LinkFrameReader()
  readonly #exchanges = new Map<number, LinkExchange>()
  readonly #outbox = new LinkOutbox(id => this.#sent(id))
  #flushing = false
  #paused = false
  #closing = false
  #cancelsLeft: number
  #cancelsSince: number

  constructor(socket: TLSSocket, options: LinkConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#cancelsLeft = options.limits.maxStreams
    this.#cancelsSince = options.dispatcher.tick
    socket.setNoDelay(true)
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk))
    socket.on('drain', () => this.#flush())
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    socket.once('close', () => this.#lost())
    // The asking side pings: where nothing comes, nobody is there.
    socket.setTimeout(options.limits.idleTimeoutMs, () => socket.destroy())
  }

  get binding(): Uint8Array {
    return new Uint8Array(this.#socket.exportKeyingMaterial(LINK_BINDING.bytes, LINK_BINDING.label, Buffer.alloc(0)))
  }

  /** Takes nothing new; ends when all is answered. Calling it again changes nothing. */
  close(): void {
    if (this.#closing) return
    this.#closing = true
    this.#outbox.push({ kind: 'go-away' })
    this.#flushSoon()
  }

  /** Ends at once. */
  destroy(): void {
    this.#socket.destroy()
  }

  once(event: 'close', listener: () => void): void {
    this.#socket.once(event, listener)
  }

  reply(id: number, reply: ServerReply): void {
    const exchange = this.#exchanges.get(id)
    if (exchange === undefined) return
    const sent = this.#unsent > mostUnsentBytes ? busy : reply
    exchange.memory = sent.memory
    this.#push(id, sent)
  }

  giveUp(id: number): void {
    const exchange = this.#exchanges.get(id)
    if (exchange === undefined) return
    this.#outbox.drop(id)
    this.#outbox.push({ kind: 'cancel', id })
    this.#over(exchange, false)
    this.#flushSoon()
  }

  /** Bytes of answers that the other side has not taken. */
  get #unsent(): number {
    return this.#outbox.bytes + this.#socket.writableLength
  }

  #receive(chunk: Uint8Array): void {
    if (this.#socket.destroyed) return
    try {
      // Data is copied where it belongs by then, and 10 MB of chunks would wait for the collector.
      if (this.#reader.push(chunk, frame => this.#take(frame))) releaseBytes(chunk)
    } catch (error) {
      if (!(error instanceof LinkFrameError)) throw error
      this.#options.onMalformed()
      this.#socket.destroy()
    }
  }

  #take(frame: LinkFrame): void {
    switch (frame.kind) {
      case 'request':
        return this.#begin(frame)
      case 'data':
        if (this.#exchanges.get(frame.id)?.push(frame.bytes) === false)
          throw new LinkFrameError('link-frame.unexpected')
        return
      case 'cancel':
        return this.#cancel(frame.id)
      case 'ping':
        this.#outbox.push({ kind: 'pong', id: frame.id })
        return this.#flushSoon()
      case 'pong':
        return
      case 'reply':
      case 'go-away':
        throw new LinkFrameError('link-frame.unexpected')
    }
  }

  #begin(frame: LinkRequestFrame): void {
    const { dispatcher: budget, limits, peer, onBusy } = this.#options
    if (this.#exchanges.has(frame.id)) throw new LinkFrameError('link-frame.unexpected')
    if (this.#exchanges.size >= limits.maxStreams) {
      onBusy()
      return this.#push(frame.id, busy)
    }
    const exchange = new LinkExchange(frame, this, peer, { budget, tick: budget.tick })
    this.#exchanges.set(frame.id, exchange)
    budget.serve(exchange, 0)
  }

  /** As with HTTP/2: whoever begins and cancels without end is thrown out. */
  #cancel(id: number): void {
    const { limits, dispatcher } = this.#options
    const earned = cancelsPerTick * (dispatcher.tick - this.#cancelsSince)
    this.#cancelsLeft = Math.min(limits.maxStreams, this.#cancelsLeft + earned) - 1
    this.#cancelsSince = dispatcher.tick
    if (this.#cancelsLeft < 0) throw new LinkFrameError('link-frame.unexpected')
    const exchange = this.#exchanges.get(id)
    if (exchange === undefined) return
    this.#outbox.drop(id)
    this.#over(exchange, false)
  }

  #push(id: number, { status, headers, body }: ServerReply): void {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    this.#outbox.push({ kind: 'reply', id, status, type: linkTypeCode(headers?.['content-type']), body: bytes })
    if (!this.#paused && this.#unsent > pauseBytes) {
      this.#paused = true
      this.#socket.pause()
    }
    this.#flushSoon()
  }

  #sent(id: number): void {
    const exchange = this.#exchanges.get(id)
    if (exchange === undefined) return
    if (exchange.memory !== undefined) releaseBytes(exchange.memory)
    this.#over(exchange, true)
  }

  #over(exchange: LinkExchange, answered: boolean): void {
    this.#exchanges.delete(exchange.id)
    this.#options.dispatcher.close(exchange, answered)
    if (this.#closing) this.#flushSoon()
  }

  /** All answers of one turn of the event loop go out together. */
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
      if (batch === undefined) break
      this.#socket.write(batch, () => releaseBytes(batch))
    }
    if (this.#paused && this.#unsent < pauseBytes / 4) {
      this.#paused = false
      this.#socket.resume()
    }
    if (this.#closing && this.#exchanges.size === 0 && this.#outbox.isEmpty) this.#socket.destroySoon()
  }

  #lost(): void {
    for (const exchange of Array.from(this.#exchanges.values())) this.#over(exchange, false)
  }
}
