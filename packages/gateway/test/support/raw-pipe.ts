import { once } from 'node:events'
import {
  clientLimits,
  createPipe,
  type Pipe,
  type PipeEvent,
  type PipeLimits,
  type PipeOutput,
  type PipeReason,
} from '@sotto/protocol/pipe'
import { type NodeId } from '@sotto/protocol/swarm'
import { pipeProtocol } from '@sotto/gateway'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

/** What became of a request. */
export type Result = { readonly status: number; readonly body: Uint8Array } | { readonly reason: PipeReason }

/** How a pipe is opened. */
export interface RawPipeOptions {
  /** The address that it comes from. */
  readonly from?: string
  readonly origin?: string
  readonly protocols?: readonly string[]
  /** Headers besides those of the handshake. */
  readonly headers?: Readonly<Record<string, string>>
  readonly limits?: PipeLimits
  /** Take no bytes of replies, as a program that is busy. */
  readonly idle?: boolean
  /** Say nothing by itself, not even hello. */
  readonly mute?: boolean
}

interface Waiting {
  status: number
  readonly chunks: Uint8Array[]
  readonly resolve: (result: Result) => void
}

/** A client of the pipe without any comfort: each thing that it does is one call. */
export class RawPipe {
  readonly socket: WebSocket
  readonly pipe: Pipe
  readonly events: PipeEvent[] = []
  readonly #ready = Promise.withResolvers<void>()
  readonly #waiting = new Map<number, Waiting>()
  readonly #options: RawPipeOptions
  /** Why the connection was closed. */
  closeCode = 0

  constructor(url: string, options: RawPipeOptions = {}) {
    this.#options = options
    const { from, origin, headers = {}, protocols = [pipeProtocol], limits = clientLimits } = options
    this.pipe = createPipe('client', limits)
    this.socket = new WebSocket(url, [...protocols], {
      ...(from === undefined ? {} : { localAddress: from }),
      ...(origin === undefined ? {} : { origin }),
      headers,
      perMessageDeflate: false,
      // Certificates of tests are nobody's.
      rejectUnauthorized: false,
    })
    this.socket.on('open', () => this.apply(this.pipe.start()))
    this.socket.on('message', (data: Buffer) => this.apply(this.pipe.receive(Uint8Array.from(data))))
    this.socket.on('close', code => {
      this.closeCode = code
      this.apply(this.pipe.lost())
    })
    this.socket.on('error', error => this.#ready.reject(error))
    this.#ready.promise.catch(() => {})
    onTestFinished(() => this.socket.terminate())
  }

  /** Waits for the gateway's hello. */
  async ready(): Promise<this> {
    await this.#ready.promise
    return this
  }

  /** Ends with the connection, with the code of the close frame. */
  async closed(): Promise<number> {
    if (this.socket.readyState !== WebSocket.CLOSED) await once(this.socket, 'close')
    return this.closeCode
  }

  /** Asks a guard. */
  post(guard: NodeId, body: Uint8Array, deadlineMs = 30_000): { readonly stream: number; result: Promise<Result> } {
    const { promise, resolve } = Promise.withResolvers<Result>()
    const output = this.pipe.open({ guard, body, deadlineMs })
    this.#waiting.set(output.stream, { status: 0, chunks: [], resolve })
    this.apply(output)
    return { stream: output.stream, result: promise }
  }

  apply({ frames, events }: PipeOutput): void {
    const speaks = this.#options.mute !== true && this.socket.readyState === WebSocket.OPEN
    for (const frame of speaks ? frames : []) this.socket.send(frame)
    for (const event of events) this.#handle(event)
  }

  #handle(event: PipeEvent): void {
    this.events.push(event)
    if (event.kind === 'ready') this.#ready.resolve()
    if (!('stream' in event)) return
    const waiting = this.#waiting.get(event.stream)
    if (waiting === undefined) return
    if (event.kind === 'replied') waiting.status = event.status
    if (event.kind === 'data') {
      waiting.chunks.push(event.bytes)
      if (this.#options.idle !== true) this.apply(this.pipe.consumed(event.stream, event.bytes.length))
    }
    if (event.kind === 'ended') waiting.resolve({ status: waiting.status, body: join(waiting.chunks) })
    if (event.kind === 'reset') waiting.resolve({ reason: event.reason })
  }
}

/** Opens a pipe and waits for the gateway's hello. */
export async function openPipe(url: string, options: RawPipeOptions = {}): Promise<RawPipe> {
  return new RawPipe(url, options).ready()
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(chunks))
}
