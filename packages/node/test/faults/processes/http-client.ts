import { Agent, type IncomingMessage, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

/** A request to a node on the loopback. */
export interface HttpCall {
  readonly port: number
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly timeoutMs?: number
  /** Plain HTTP instead of TLS. */
  readonly plain?: boolean
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Uint8Array
}

/** HTTP/1.1 with kept connections, from an address of one's own. */
export class HttpClient {
  readonly #agent: TlsAgent
  readonly #plain: Agent

  /** `address` is one of the loopback's: limits go by address. */
  constructor(address = '127.0.0.1', maxSockets = 64) {
    const options = { keepAlive: true, maxSockets, localAddress: address }
    this.#agent = new TlsAgent({ ...options, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    this.#plain = new Agent(options)
  }

  /** `undefined` if no whole answer came: refused, cut or too late. */
  async ask(call: HttpCall): Promise<HttpAnswer | undefined> {
    const { port, path, method = 'POST', headers = {}, body = new Uint8Array(), timeoutMs = 10_000 } = call
    return new Promise(resolve => {
      const options = { host: '127.0.0.1', port, path, method, headers: { ...headers, 'content-length': body.length } }
      const onAnswer = (incoming: IncomingMessage): void => {
        const chunks: Uint8Array[] = []
        incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
        incoming.once('error', () => resolve(undefined))
        incoming.once('end', () => {
          clearTimeout(timer)
          const whole = Uint8Array.from(Buffer.concat(chunks))
          resolve(
            incoming.complete
              ? { status: incoming.statusCode ?? 0, headers: incoming.headers, body: whole }
              : undefined,
          )
        })
      }
      const outgoing =
        call.plain === true
          ? request({ ...options, agent: this.#plain }, onAnswer)
          : tlsRequest({ ...options, agent: this.#agent }, onAnswer)
      const timer = setTimeout(() => outgoing.destroy(), timeoutMs)
      outgoing.once('error', () => {
        clearTimeout(timer)
        resolve(undefined)
      })
      outgoing.once('close', () => resolve(undefined))
      outgoing.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
    this.#plain.destroy()
  }
}
