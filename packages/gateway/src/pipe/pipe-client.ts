import { createPipe, type Pipe, type PipeEvent, type PipeOutput, type PipeReason } from '@sotto/protocol/pipe'
import { type NodeDirectory } from '@sotto/registry'
import { type Log, type RemoteAddress } from '@sotto/server'
import { type LinkReply } from '@sotto/transport'
import { type RawData, type WebSocket } from 'ws'
import { type ByteBudget } from '../clients/byte-budget.ts'
import { type ClientGate } from '../clients/client-gate.ts'
import { type GatewayEvents } from '../gateway-events.ts'
import { type Ending, type GatewayMetrics, type Outcome } from '../gateway-metrics.ts'
import { type GatewayLimits } from '../limits.ts'
import { type GuardLinks } from '../upstream/guard-links.ts'
import { type Fault, reasonOf } from '../upstream/reason-of.ts'
import { CarriedRequest } from './carried-request.ts'

/** What all pipes of a gateway share. */
export interface PipeShared {
  readonly guards: Pick<NodeDirectory, 'byId'>
  readonly links: Pick<GuardLinks, 'post'>
  readonly gate: ClientGate
  readonly budget: ByteBudget
  readonly limits: Pick<GatewayLimits, 'pipe' | 'sockets'>
  readonly metrics: GatewayMetrics
  readonly log: Log<GatewayEvents>
}

type Opened = PipeEvent & { readonly kind: 'opened' }

/** One piece of a reply: each stream that has something to send writes one in turn. */
const pieceBytes = 65_536
const sendOptions = { binary: true, compress: false }

/**
 * One client's pipe: between its WebSocket and the guards that it asks. Never more than `maxUnsentBytes` wait for a socket that
 * takes nothing: then nothing is read from it and no reply is written.
 */
export class PipeClient {
  readonly #socket: WebSocket
  readonly #peer: RemoteAddress
  readonly #shared: PipeShared
  readonly #pipe: Pipe
  readonly #requests = new Map<number, CarriedRequest>()
  /** Those that have a piece to write and whose last one has been sent, in turn. */
  readonly #writable = new Set<CarriedRequest>()
  /** Those that were handed to the pipe and have not been sent. */
  readonly #finishing = new Set<CarriedRequest>()
  #maxReplyBytes = 0
  #ready = false
  #paused = false
  /** Looks since the client was last heard. */
  #quietTicks = 0
  #ending: Ending = 'lost'

  constructor(socket: WebSocket, peer: RemoteAddress, shared: PipeShared) {
    this.#socket = socket
    this.#peer = peer
    this.#shared = shared
    this.#pipe = createPipe('gateway', shared.limits.pipe, { maxQueued: pieceBytes })
    socket.on('message', (data: RawData, isBinary: boolean) => this.#guarded(() => this.#receive(data, isBinary)))
    socket.on('pong', () => (this.#quietTicks = 0))
    socket.on('ping', () => this.#balance())
    // An error is followed by the end.
    socket.on('error', () => {})
    socket.on('close', () => this.#guarded(() => this.#apply(this.#pipe.lost())))
    this.#apply(this.#pipe.start())
  }

  /** How it ended, once it has. */
  get ending(): Ending {
    return this.#ending
  }

  /** Takes no new requests; closes when those under way are answered. */
  leave(): void {
    this.#ending = 'stopped'
    this.#apply(this.#pipe.goAway('shutting-down'))
  }

  /** Ends it, with a word to the client first; `cut` ends it without. */
  close(): void {
    this.#socket.close(1001)
  }

  /** Ends it at once. */
  cut(): void {
    this.#socket.terminate()
  }

  /** Looks at the times. To be called once per `tickMs`. */
  tick(): void {
    this.#guarded(() => {
      const { tickMs, helloMs, pingMs, deadMs } = this.#shared.limits.sockets
      this.#quietTicks += 1
      const quietMs = this.#quietTicks * tickMs
      if (!this.#ready && quietMs > helloMs) return this.#giveUp('silent')
      if (quietMs > deadMs) return this.#giveUp('dead')
      if (quietMs > pingMs && quietMs - tickMs <= pingMs) this.#socket.ping()
      for (const request of Array.from(this.#requests.values())) this.#tickRequest(request)
    })
  }

  #tickRequest(request: CarriedRequest): void {
    const { tickMs, bodyMs, stallMs } = this.#shared.limits.sockets
    if (request.phase === 'gathering') {
      request.ticks += 1
      if (request.ticks * tickMs > bodyMs) this.#reset(request, 'deadline')
    } else if (request.phase === 'replying') {
      const ticks = request.stalledFor(this.#pipe.queued(request.stream))
      if (ticks * tickMs > stallMs) this.#reset(request, 'deadline')
    }
  }

  #giveUp(ending: Ending): void {
    this.#ending = ending
    this.#socket.terminate()
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#quietTicks = 0
    if (!isBinary || !(data instanceof Buffer)) return this.#breakOff()
    this.#apply(this.#pipe.receive(new Uint8Array(data.buffer, data.byteOffset, data.length)))
    this.#endSent()
    this.#write()
  }

  /** Texts are a broken rule that the pipe never sees. */
  #breakOff(): void {
    this.#ending = 'broken-rule'
    this.#apply(this.#pipe.lost())
    this.#socket.close(1003)
  }

  /** A mistake of ours ends this pipe, and not the process. */
  #guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#shared.log.failure('pipe.failed', error)
      this.#giveUp('failed')
    }
  }

  /** Frames leave in the order in which the pipe made them. */
  #apply({ frames, events }: PipeOutput): void {
    for (const frame of frames) this.#send(frame)
    for (const event of events) this.#handle(event)
    this.#balance()
  }

  #send(frame: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame, sendOptions, this.#onSent)
  }

  readonly #onSent = (): void => {
    this.#balance()
    if (this.#writable.size > 0) this.#guarded(() => this.#write())
  }

  /** Reads nothing while too much waits to be sent: whoever asks has to take the answers. */
  #balance(): void {
    const unsent = this.#socket.bufferedAmount
    const { maxUnsentBytes } = this.#shared.limits.sockets
    if (!this.#paused && unsent > maxUnsentBytes) {
      this.#paused = true
      this.#socket.pause()
    } else if (this.#paused && unsent <= maxUnsentBytes / 2) {
      this.#paused = false
      this.#socket.resume()
    }
  }

  #handle(event: PipeEvent): void {
    switch (event.kind) {
      case 'ready':
        this.#ready = true
        this.#maxReplyBytes = event.limits.maxBody
        return
      case 'opened':
        return this.#open(event)
      case 'data':
        return this.#gather(event.stream, event.bytes)
      case 'ended':
        return this.#post(event.stream)
      case 'reset':
        return this.#wasReset(event.stream, event.reason)
      case 'writable':
        return this.#nowWritable(event.stream)
      case 'failed':
        this.#ending = 'broken-rule'
        return this.#socket.close(1002)
      case 'done':
        if (this.#ending === 'lost') this.#ending = 'left'
        return this.#socket.close(1001)
      case 'replied':
      case 'pong':
      case 'going-away':
        return
    }
  }

  #open(opened: Opened): void {
    const { guards, gate, budget, metrics } = this.#shared
    const guard = guards.byId(opened.guard)
    if (guard === undefined) {
      metrics.outcome('unknown-guard')
      return this.#apply(this.#pipe.reset(opened.stream, 'unknown-guard'))
    }
    if (!gate.admitRequest(this.#peer, opened.length)) {
      metrics.outcome('busy')
      return this.#apply(this.#pipe.reset(opened.stream, 'busy'))
    }
    this.#requests.set(opened.stream, new CarriedRequest(opened, guard, budget))
  }

  #gather(stream: number, bytes: Uint8Array): void {
    const request = this.#requests.get(stream)
    if (request === undefined) return
    if (!request.body.add(bytes)) return this.#reset(request, 'busy')
    this.#apply(this.#pipe.consumed(stream, bytes.length))
  }

  #post(stream: number): void {
    const request = this.#requests.get(stream)
    if (request !== undefined) void this.#carry(request)
  }

  async #carry(request: CarriedRequest): Promise<void> {
    const { links, metrics } = this.#shared
    const { guard, deadlineMs: timeoutMs } = request
    const { body, signal } = request.post()
    metrics.requestBytes.add(body.length)
    try {
      const maxReplyBytes = this.#maxReplyBytes
      const reply = await links.post(guard, body, { timeoutMs, signal, maxReplyBytes })
      this.#guarded(() => this.#answer(request, reply))
    } catch (error) {
      if (!signal.aborted) this.#guarded(() => this.#reset(request, reasonOf(error, timeoutMs)))
    }
  }

  #answer(request: CarriedRequest, { status, body }: LinkReply): void {
    const { stream } = request
    if (this.#requests.get(stream) !== request) return
    if (status < 100 || status > 599) return this.#reset(request, 'guard-broken')
    if (!request.answer(body)) return this.#reset(request, 'busy')
    this.#shared.metrics.replyBytes.add(body.length)
    this.#apply(this.#pipe.reply(stream, status))
    this.#writable.add(request)
    this.#write()
  }

  #nowWritable(stream: number): void {
    const request = this.#requests.get(stream)
    if (request !== undefined && !this.#finishing.has(request)) this.#writable.add(request)
  }

  /** One piece of each reply in turn, as long as the socket takes them. */
  #write(): void {
    for (;;) {
      const [request] = this.#writable
      if (request === undefined || this.#socket.bufferedAmount > this.#shared.limits.sockets.maxUnsentBytes) return
      this.#writable.delete(request)
      const { bytes, last } = request.takeReply(pieceBytes)
      this.#apply(this.#pipe.write(request.stream, bytes, last))
      if (last) this.#finishing.add(request)
      this.#endSent()
    }
  }

  /** Replies whose last piece the pipe has sent are over. */
  #endSent(): void {
    for (const request of Array.from(this.#finishing)) {
      if (this.#pipe.queued(request.stream) === 0) this.#end(request, 'answered')
    }
  }

  #reset(request: CarriedRequest, reason: Fault): void {
    if (this.#requests.get(request.stream) !== request) return
    this.#end(request, reason)
    this.#apply(this.#pipe.reset(request.stream, reason))
  }

  /** The client has ended a stream, or the pipe has. */
  #wasReset(stream: number, reason: PipeReason): void {
    const request = this.#requests.get(stream)
    if (request !== undefined) this.#end(request, reason === 'cancelled' ? 'cancelled' : 'lost')
  }

  #end(request: CarriedRequest, outcome: Outcome): void {
    this.#requests.delete(request.stream)
    this.#writable.delete(request)
    this.#finishing.delete(request)
    request.end()
    this.#shared.gate.requestOver(this.#peer)
    this.#shared.metrics.outcome(outcome)
  }
}
