import { decodePipeFrame } from './decode-frame.ts'
import { isStatus, PIPE_VERSION, type OpenFrame, type PipeFrame } from './frame.ts'
import type { PipeLimits } from './limits.ts'
import { OutputCollector, type PipeOutput } from './output.ts'
import { PipeError, type PipeErrorCode } from './pipe-error.ts'
import type { Pipe, PipeRequest, PipeRole } from './pipe.ts'
import type { PipeReason } from './reasons.ts'
import { ReceiveWindow } from './receive-window.ts'
import { addCredit } from './send-queue.ts'
import { createStream, type PipeStream } from './stream.ts'
import { StreamTable } from './stream-table.ts'

const MAX_STREAM = 2 ** 32 - 1
const nothing: PipeOutput = { frames: [], events: [] }

/** What is known of a peer once it has said hello. */
interface Peer {
  readonly limits: PipeLimits
  /** How much it can take on all streams together. */
  credit: number
}

/** Both roles of a pipe. Each public method is one input; what it does to the peer is gathered in `#out`. */
export class PipeConnection implements Pipe {
  readonly role: PipeRole
  readonly #limits: PipeLimits
  readonly #maxQueued: number
  readonly #window: ReceiveWindow
  readonly #table = new StreamTable()
  readonly #out = new OutputCollector()
  #peer: Peer | undefined
  #closed = false
  #started = false
  /** Set when this side goes away. A gateway then ignores streams that are newer than this one. */
  #lastAccepted: number | undefined
  #peerGoesAway = false

  constructor(role: PipeRole, limits: PipeLimits, maxQueued: number) {
    this.role = role
    this.#limits = limits
    this.#maxQueued = maxQueued
    this.#window = new ReceiveWindow(limits.connectionWindow)
  }

  get isOpen(): boolean {
    return !this.#closed && this.#peer !== undefined && this.#lastAccepted === undefined && !this.#peerGoesAway
  }

  get streams(): number {
    return this.#table.size
  }

  start(): PipeOutput {
    if (this.#closed) return nothing
    this.#sayHello()
    return this.#out.take()
  }

  receive(message: Uint8Array): PipeOutput {
    if (this.#closed) return nothing
    this.#sayHello()
    try {
      this.#handle(decodePipeFrame(message))
      this.#pump()
      this.#checkDone()
    } catch (error) {
      if (!(error instanceof PipeError)) throw error
      this.#fail(error.code)
    }
    return this.#out.take()
  }

  open({ guard, deadlineMs, body }: PipeRequest): PipeOutput & { readonly stream: number } {
    this.#requireRole('client')
    const peer = this.#peer
    if (peer === undefined || !this.isOpen) throw new PipeError('pipe.not-open')
    if (this.#table.size >= peer.limits.maxStreams)
      throw new PipeError('pipe.too-many-streams', { streams: this.streams })
    if (body.length > peer.limits.maxBody) throw new PipeError('pipe.too-large', { size: body.length })
    if (this.#table.newest === MAX_STREAM) throw new PipeError('pipe.streams-used-up')
    const id = this.#table.newest + 1
    const deadline = Math.max(1, Math.min(Math.ceil(deadlineMs), peer.limits.maxDeadlineMs))
    this.#table.number(id)
    const stream = createStream(id, this.#limits.streamWindow, peer.limits.streamWindow, this.#limits.maxBody)
    this.#table.add(stream)
    this.#out.send({ type: 'open', stream: id, guard, deadlineMs: deadline, length: body.length })
    stream.queue.add(body, true)
    this.#pump()
    return { ...this.#out.take(), stream: id }
  }

  reply(id: number, status: number): PipeOutput {
    this.#requireRole('gateway')
    const stream = this.#table.get(id)
    if (stream === undefined) return nothing
    if (!stream.receiveEnded) throw new PipeError('pipe.too-early', { id })
    if (stream.replied) throw new PipeError('pipe.out-of-order', { id })
    if (!isStatus(status)) throw new PipeError('pipe.bad-value', { status })
    stream.replied = true
    this.#out.send({ type: 'reply', stream: id, status })
    return this.#out.take()
  }

  write(id: number, bytes: Uint8Array, last: boolean): PipeOutput {
    this.#requireRole('gateway')
    const stream = this.#table.get(id)
    if (stream === undefined || this.#peer === undefined) return nothing
    if (!stream.replied) throw new PipeError('pipe.too-early', { id })
    if (stream.queue.finishing) throw new PipeError('pipe.after-end', { id })
    const written = stream.written + bytes.length
    if (written > this.#peer.limits.maxBody) throw new PipeError('pipe.too-large', { size: written })
    const queued = stream.queue.queued + bytes.length
    if (queued > this.#maxQueued) throw new PipeError('pipe.buffer-full', { queued })
    stream.written = written
    stream.queue.add(bytes, last)
    this.#pump()
    this.#checkDone()
    return this.#out.take()
  }

  consumed(id: number, bytes: number): PipeOutput {
    const stream = this.#table.get(id)
    if (stream === undefined) return nothing
    const counted = Math.min(bytes, stream.window.unconsumed)
    const credit = stream.window.consume(counted)
    if (credit > 0 && !stream.receiveEnded) this.#out.send({ type: 'credit', stream: id, bytes: credit })
    this.#giveBack(counted)
    return this.#out.take()
  }

  reset(id: number, reason: PipeReason): PipeOutput {
    const stream = this.#table.get(id)
    if (stream === undefined) return nothing
    this.#table.beginReset(id)
    this.#out.send({ type: 'reset', stream: id, reason })
    this.#giveBack(stream.window.unconsumed)
    return this.#out.take()
  }

  ping(token: Uint8Array): PipeOutput {
    if (this.#closed || token.length !== 8) return nothing
    this.#sayHello()
    this.#out.send({ type: 'ping', token })
    return this.#out.take()
  }

  goAway(reason: PipeReason): PipeOutput {
    if (this.#closed || this.#lastAccepted !== undefined) return nothing
    this.#sayHello()
    this.#lastAccepted = this.role === 'gateway' ? this.#table.newest : 0
    this.#out.send({ type: 'go-away', lastStream: this.#lastAccepted, reason })
    this.#checkDone()
    return this.#out.take()
  }

  lost(): PipeOutput {
    if (this.#closed) return nothing
    this.#endAll('connection-lost')
    return this.#out.take()
  }

  queued(id: number): number {
    return this.#table.get(id)?.queue.queued ?? 0
  }

  /** Nothing may be sent before it. */
  #sayHello(): void {
    if (this.#started) return
    this.#started = true
    this.#out.send({ type: 'hello', version: PIPE_VERSION, limits: this.#limits })
  }

  #requireRole(role: PipeRole): void {
    if (this.role !== role) throw new PipeError('pipe.wrong-role')
  }

  #handle(frame: PipeFrame): void {
    if ((frame.type === 'hello') !== (this.#peer === undefined)) throw new PipeError('pipe.out-of-order')
    switch (frame.type) {
      case 'hello':
        this.#peer = { limits: frame.limits, credit: frame.limits.connectionWindow }
        return this.#out.emit({ kind: 'ready', version: PIPE_VERSION, limits: frame.limits })
      case 'open':
        return this.#handleOpen(frame)
      case 'data':
        return this.#handleData(frame.stream, frame.bytes, frame.last)
      case 'reply':
        return this.#handleReply(frame.stream, frame.status)
      case 'credit':
        return this.#handleCredit(frame.stream, frame.bytes)
      case 'reset':
        return this.#handleReset(frame.stream, frame.reason)
      case 'ping':
        return this.#out.send({ type: 'pong', token: frame.token })
      case 'pong':
        return this.#out.emit({ kind: 'pong', token: frame.token })
      case 'go-away':
        return this.#handleGoAway(frame.lastStream, frame.reason)
    }
  }

  #handleOpen({ stream: id, guard, deadlineMs, length }: OpenFrame): void {
    if (this.role === 'client') throw new PipeError('pipe.wrong-direction')
    if (this.#peerGoesAway) throw new PipeError('pipe.out-of-order')
    this.#table.number(id)
    if (this.#isIgnored(id)) return
    if (this.#table.size >= this.#limits.maxStreams) throw new PipeError('pipe.too-many-streams')
    if (length > this.#limits.maxBody) throw new PipeError('pipe.too-large', { size: length })
    if (deadlineMs > this.#limits.maxDeadlineMs) throw new PipeError('pipe.bad-value', { deadlineMs })
    const credit = this.#peer?.limits.streamWindow ?? 0
    this.#table.add(createStream(id, this.#limits.streamWindow, credit, length))
    this.#out.emit({ kind: 'opened', stream: id, guard, deadlineMs, length })
  }

  #handleData(id: number, bytes: Uint8Array, last: boolean): void {
    if (bytes.length > this.#limits.maxChunk) throw new PipeError('pipe.bad-length', { length: bytes.length })
    this.#window.take(bytes.length)
    const stream = this.#table.find(id)
    if (stream === 'resetting' || this.#isIgnored(id)) return this.#giveBack(bytes.length)
    if (stream === 'closed' || stream.receiveEnded) throw new PipeError('pipe.after-end', { id })
    if (this.role === 'client' && !stream.replied) throw new PipeError('pipe.out-of-order', { id })
    stream.window.take(bytes.length)
    stream.received += bytes.length
    if (stream.received > stream.expected) throw new PipeError('pipe.too-large', { size: stream.received })
    if (bytes.length > 0) this.#out.emit({ kind: 'data', stream: id, bytes })
    if (last) this.#endReceiving(stream)
  }

  #endReceiving(stream: PipeStream): void {
    const isShort = this.role === 'gateway' && stream.received !== stream.expected
    if (isShort) throw new PipeError('pipe.bad-length', { length: stream.received })
    stream.receiveEnded = true
    this.#out.emit({ kind: 'ended', stream: stream.id })
    if (this.role === 'client') this.#close(stream)
  }

  #handleReply(id: number, status: number): void {
    if (this.role === 'gateway') throw new PipeError('pipe.wrong-direction')
    const stream = this.#table.find(id)
    if (stream === 'resetting') return
    if (stream === 'closed') throw new PipeError('pipe.after-end', { id })
    if (stream.replied || !stream.queue.ended) throw new PipeError('pipe.out-of-order', { id })
    stream.replied = true
    this.#out.emit({ kind: 'replied', stream: id, status })
  }

  #handleCredit(id: number, bytes: number): void {
    if (id === 0) {
      if (this.#peer !== undefined) this.#peer.credit = addCredit(this.#peer.credit, bytes)
      return
    }
    const stream = this.#table.find(id)
    if (typeof stream === 'object') stream.queue.grant(bytes)
    else if (stream === 'closed') this.#requireLateFrame(id)
  }

  #handleReset(id: number, reason: PipeReason): void {
    const stream = this.#table.find(id)
    if (stream === 'resetting') return this.#table.close(id)
    if (stream === 'closed') this.#requireLateFrame(id)
    if (this.#isIgnored(id)) return
    // Confirms it, so that the peer can forget the stream.
    this.#out.send({ type: 'reset', stream: id, reason })
    if (typeof stream !== 'object') return
    this.#close(stream)
    this.#out.emit({ kind: 'reset', stream: id, reason })
  }

  /** A gateway ends a stream by its last piece, which a client may not have seen yet. The other way round cannot be. */
  #requireLateFrame(id: number): void {
    if (this.role === 'client') throw new PipeError('pipe.after-end', { id })
  }

  #handleGoAway(lastStream: number, reason: PipeReason): void {
    if (this.#peerGoesAway) throw new PipeError('pipe.out-of-order')
    if (reason === 'protocol-error') return this.#endByPeer()
    this.#peerGoesAway = true
    this.#out.emit({ kind: 'going-away', reason })
    if (this.role === 'gateway') return
    if (lastStream > this.#table.newest) throw new PipeError('pipe.bad-stream', { id: lastStream })
    for (const stream of this.#table.dropNewerThan(lastStream)) {
      this.#giveBack(stream.window.unconsumed)
      this.#out.emit({ kind: 'reset', stream: stream.id, reason: 'refused' })
    }
  }

  /** Streams that the client opened before it heard that this side goes away. */
  #isIgnored(id: number): boolean {
    return this.role === 'gateway' && this.#lastAccepted !== undefined && id > this.#lastAccepted
  }

  /** Sends what there is room for, one piece of each stream in turn. */
  #pump(): void {
    const peer = this.#peer
    if (peer === undefined || this.#closed) return
    for (let waiting = this.#table.live(); waiting.length > 0;) {
      waiting = waiting.filter(stream => this.#sendPiece(stream, peer))
    }
  }

  /** Whether there was a piece to send. */
  #sendPiece(stream: PipeStream, peer: Peer): boolean {
    const piece = stream.queue.take(Math.min(peer.limits.maxChunk, peer.credit))
    if (piece === undefined) return false
    peer.credit -= piece.bytes.length
    this.#out.send({ type: 'data', stream: stream.id, ...piece })
    this.#table.moveToEnd(stream)
    if (this.role === 'gateway' && piece.last) this.#close(stream)
    else if (this.role === 'gateway' && stream.queue.queued === 0)
      this.#out.emit({ kind: 'writable', stream: stream.id })
    return !piece.last
  }

  /** What nobody will consume any more is given back at once. */
  #close(stream: PipeStream): void {
    this.#table.close(stream.id)
    this.#giveBack(stream.window.unconsumed)
  }

  #giveBack(bytes: number): void {
    const credit = this.#window.consume(bytes)
    if (credit > 0) this.#out.send({ type: 'credit', stream: 0, bytes: credit })
  }

  #checkDone(): void {
    const leaving = this.#lastAccepted !== undefined || this.#peerGoesAway
    if (this.#closed || !leaving || this.#table.size > 0) return
    this.#closed = true
    this.#out.emit({ kind: 'done' })
  }

  #fail(code: PipeErrorCode): void {
    this.#out.send({ type: 'go-away', lastStream: this.#table.newest, reason: 'protocol-error' })
    this.#endAll('protocol-error')
    this.#out.emit({ kind: 'failed', code })
  }

  #endByPeer(): void {
    this.#endAll('protocol-error')
    this.#out.emit({ kind: 'failed', code: undefined })
  }

  #endAll(reason: PipeReason): void {
    this.#closed = true
    for (const { id } of this.#table.clear()) this.#out.emit({ kind: 'reset', stream: id, reason })
  }
}
