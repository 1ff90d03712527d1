import { createPipe, gatewayLimits, type Pipe, type PipeEvent, type PipeOutput } from '@sotto/protocol/pipe'
import { type PipeWebSocket, type PipeWebSocketConstructor } from '@sotto/client/web'

type Listener = (event: object) => void
type Opened = PipeEvent & { readonly kind: 'opened' }

/** One request as the gateway sees it. */
export interface Seen extends Omit<Opened, 'kind'> {
  readonly body: number[]
  readonly connection: FakeConnection
}

/** The socket of a client, whose other end is in the same program. Messages arrive a turn later, as real ones do. */
class FakeSocket implements PipeWebSocket {
  binaryType = 'blob'
  readonly #listeners = new Map<string, Listener[]>()
  readonly #connection: FakeConnection

  constructor(connection: FakeConnection) {
    this.#connection = connection
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }

  send(data: Uint8Array): void {
    const message = Uint8Array.from(data)
    queueMicrotask(() => this.#connection.receive(message))
  }

  close(): void {
    queueMicrotask(() => this.#connection.drop())
  }

  emit(type: string, event: object = {}): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event)
  }
}

/** One connection at the gateway. */
export class FakeConnection {
  readonly socket = new FakeSocket(this)
  readonly pipe: Pipe
  readonly resets: PipeEvent[] = []
  isOpen = false
  readonly #gateway: FakeGateway

  constructor(gateway: FakeGateway) {
    this.#gateway = gateway
    this.pipe = createPipe('gateway', { ...gatewayLimits, maxStreams: gateway.maxStreams })
  }

  open(): void {
    this.isOpen = true
    this.socket.emit('open')
    this.apply(this.pipe.start())
  }

  receive(message: Uint8Array): void {
    if (this.isOpen && !this.#gateway.deaf) this.apply(this.pipe.receive(message))
  }

  apply({ frames, events }: PipeOutput): void {
    for (const frame of frames) queueMicrotask(() => this.tell(Uint8Array.from(frame).buffer))
    for (const event of events) this.#handle(event)
  }

  tell(data: ArrayBuffer | string): void {
    if (this.isOpen) this.socket.emit('message', { data })
  }

  /** The connection is gone. */
  drop(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.socket.emit('close')
  }

  #handle(event: PipeEvent): void {
    const { seen } = this.#gateway
    if (event.kind === 'opened') seen.push({ ...event, body: [], connection: this })
    if (event.kind === 'data') {
      const asked = seen.find(each => each.connection === this && each.stream === event.stream)
      asked?.body.push(...event.bytes)
      this.apply(this.pipe.consumed(event.stream, event.bytes.length))
    }
    if (event.kind === 'reset') this.resets.push(event)
    if (event.kind === 'done' || event.kind === 'failed') queueMicrotask(() => this.drop())
  }
}

/** A gateway in memory that does as it is told. */
export class FakeGateway {
  maxStreams = 16
  /** Whether connections come about; `never`: they are neither made nor refused. */
  accepts: 'yes' | 'no' | 'never' = 'yes'
  /** Says nothing any more. */
  deaf = false
  readonly connections: FakeConnection[] = []
  readonly seen: Seen[] = []
  readonly urls: string[] = []
  readonly WebSocket: PipeWebSocketConstructor

  constructor() {
    // The class that the transport makes its sockets of.
    const connect = (url: string, protocols: readonly string[]): FakeSocket => this.#connect(url, protocols)
    this.WebSocket = function fake(url: string, protocols: readonly string[]) {
      return connect(url, protocols)
    } as unknown as PipeWebSocketConstructor
  }

  /** Answers a request. */
  reply({ connection, stream }: Seen, status: number, body: Uint8Array): void {
    connection.apply(connection.pipe.reply(stream, status))
    connection.apply(connection.pipe.write(stream, body, true))
  }

  #connect(url: string, protocols: readonly string[]): FakeSocket {
    this.urls.push(`${url} ${protocols.join()}`)
    const connection = new FakeConnection(this)
    this.connections.push(connection)
    const { accepts } = this
    if (accepts === 'yes') queueMicrotask(() => connection.open())
    if (accepts === 'no') queueMicrotask(() => this.#refuse(connection))
    return connection.socket
  }

  #refuse({ socket }: FakeConnection): void {
    socket.emit('error')
    socket.emit('close')
  }
}
