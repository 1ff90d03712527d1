import { connect, type TLSSocket } from 'node:tls'

/** An answer as it came; the body is a view. */
export interface Answer {
  readonly status: number
  readonly body: Uint8Array
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * One keep-alive connection by HTTP/1.1 over TLS, one request at a time. Knows only what our servers answer: a status and
 * a length. Costs next to nothing, because it shares the machine with what it measures.
 */
export class Connection {
  readonly #socket: TLSSocket
  #received: Buffer = Buffer.alloc(0)
  #wanted = 0
  #headBytes = 0
  #done: ((answer: Answer) => void) | undefined

  private constructor(socket: TLSSocket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', chunk => this.#take(chunk))
    // Status 0: the benchmark counts it as a failure.
    socket.on('error', () => this.#finish({ status: 0, body: new Uint8Array() }))
    socket.on('close', () => this.#finish({ status: 0, body: new Uint8Array() }))
  }

  /** Connects; nobody's certificate is checked. */
  static async open(port: number): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('error', reject)
    })
    return new Connection(socket)
  }

  /** Sends a whole request, head and body, and calls back once with its answer. */
  send(request: Uint8Array, done: (answer: Answer) => void): void {
    this.#done = done
    if (this.#socket.destroyed) this.#finish({ status: 0, body: new Uint8Array() })
    else this.#socket.write(request)
  }

  /** The same with a promise. */
  ask(request: Uint8Array): Promise<Answer> {
    return new Promise(resolve => this.send(request, resolve))
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    if (this.#wanted === 0) this.#readHead()
    if (this.#wanted === 0 || this.#received.length < this.#wanted) return
    const status = Number(this.#received.toString('latin1', 9, 12))
    const body = this.#received.subarray(this.#headBytes, this.#wanted)
    this.#received = Buffer.alloc(0)
    this.#wanted = 0
    this.#finish({ status, body })
  }

  #readHead(): void {
    const at = this.#received.indexOf(headEnd)
    if (at < 0) return
    const length = /content-length: (\d+)/i.exec(this.#received.toString('latin1', 0, at))?.[1] ?? '0'
    this.#headBytes = at + headEnd.length
    this.#wanted = this.#headBytes + Number(length)
  }

  #finish(answer: Answer): void {
    const done = this.#done
    this.#done = undefined
    done?.(answer)
  }
}

/** A whole request by HTTP/1.1. */
export function httpRequest(path: string, body: Uint8Array): Uint8Array {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
