import { createPipe, type Pipe, type PipeEvent, type PipeOutput, type PipeReason } from '@sotto/protocol/pipe'
import { type NodeId } from '@sotto/protocol/swarm'
import { bytesOf, type PipeWebSocket } from './pipe-transport-socket.ts'

/** What becomes of a request on a link; one of them is called, once. */
export interface LinkRequest {
  readonly guard: NodeId
  readonly body: Uint8Array
  readonly deadlineMs: number
  readonly onReply: (status: number, body: Uint8Array) => void
  readonly onReset: (reason: PipeReason) => void
  /** Told how many bytes have gone and come. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** What happens to a link. */
export interface LinkEvents {
  /** The gateway has said hello. */
  readonly onReady: () => void
  /** There may be room for another request. */
  readonly onRoom: () => void
  /** It takes no new requests; those under way go on. */
  readonly onLeaving: () => void
  /** It is over, and so is every request on it. Called once. */
  readonly onEnd: () => void
}

interface Asked extends LinkRequest {
  status: number
  readonly chunks: Uint8Array[]
  size: number
}

/** One connection to a gateway: a WebSocket and the pipe on it. */
export class PipeLink {
  readonly #socket: PipeWebSocket
  readonly #events: LinkEvents
  readonly #pipe: Pipe = createPipe('client')
  readonly #asked = new Map<number, Asked>()
  #maxStreams = 0
  #connected = false
  #ended = false
  /** Messages that have come, for whoever wants to know whether the gateway is alive. */
  heard = 0

  constructor(socket: PipeWebSocket, events: LinkEvents) {
    this.#socket = socket
    this.#events = events
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      this.#connected = true
      this.#apply(this.#pipe.start())
    })
    socket.addEventListener('message', event => this.#receive(bytesOf(event)))
    socket.addEventListener('close', () => this.end())
    // Followed by `close`.
    socket.addEventListener('error', () => {})
  }

  /** Whether a request would be taken now. */
  get hasRoom(): boolean {
    return !this.#ended && this.#pipe.isOpen && this.#pipe.streams < this.#maxStreams
  }

  /**
   * Sends a request, and gives what cancels it.
   * @throws {PipeError} `pipe.not-open`, `pipe.too-many-streams`, `pipe.too-large`, `pipe.streams-used-up`
   */
  ask(request: LinkRequest): () => void {
    const { guard, body, deadlineMs } = request
    const output = this.#pipe.open({ guard, body, deadlineMs })
    const { stream } = output
    this.#asked.set(stream, { ...request, status: 0, chunks: [], size: 0 })
    this.#apply(output)
    return () => {
      if (!this.#asked.delete(stream)) return
      this.#apply(this.#pipe.reset(stream, 'cancelled'))
    }
  }

  /** Asks for a sign of life: 8 bytes, which count as heard when they come back. */
  ping(token: Uint8Array): void {
    this.#apply(this.#pipe.ping(token))
  }

  /** Takes no new requests, and ends with the last one. */
  leave(): void {
    this.#apply(this.#pipe.goAway('shutting-down'))
  }

  /** Ends it now. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#apply(this.#pipe.lost())
    this.#socket.close()
    this.#events.onEnd()
  }

  #receive(bytes: Uint8Array | undefined): void {
    if (this.#ended) return
    this.heard += 1
    if (bytes === undefined) return this.end()
    this.#apply(this.#pipe.receive(bytes))
    this.#tellProgress()
    if (this.hasRoom) this.#events.onRoom()
  }

  #tellProgress(): void {
    for (const [stream, { body, onProgress, size }] of this.#asked) {
      onProgress?.(body.length - this.#pipe.queued(stream) + size)
    }
  }

  #apply({ frames, events }: PipeOutput): void {
    for (const frame of frames) if (this.#connected && !this.#ended) this.#socket.send(frame)
    for (const event of events) this.#handle(event)
  }

  #handle(event: PipeEvent): void {
    switch (event.kind) {
      case 'ready':
        this.#maxStreams = event.limits.maxStreams
        return this.#events.onReady()
      case 'replied':
        return this.#replied(event.stream, event.status)
      case 'data':
        return this.#gather(event.stream, event.bytes)
      case 'ended':
        return this.#finish(event.stream)
      case 'reset':
        return this.#wasReset(event.stream, event.reason)
      case 'going-away':
        return this.#events.onLeaving()
      case 'failed':
      case 'done':
        return this.end()
      case 'opened':
      case 'writable':
      case 'pong':
        return
    }
  }

  #replied(stream: number, status: number): void {
    const asked = this.#asked.get(stream)
    if (asked !== undefined) asked.status = status
  }

  /** Replies are kept whole, so there is room for more as soon as they are here; the pipe keeps them within its limit. */
  #gather(stream: number, bytes: Uint8Array): void {
    const asked = this.#asked.get(stream)
    if (asked === undefined) return
    asked.chunks.push(bytes)
    asked.size += bytes.length
    this.#apply(this.#pipe.consumed(stream, bytes.length))
  }

  #finish(stream: number): void {
    const asked = this.#asked.get(stream)
    if (asked === undefined) return
    this.#asked.delete(stream)
    asked.onReply(asked.status, join(asked.chunks, asked.size))
  }

  #wasReset(stream: number, reason: PipeReason): void {
    const asked = this.#asked.get(stream)
    this.#asked.delete(stream)
    asked?.onReset(reason)
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
