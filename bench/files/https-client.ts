import { Agent, request } from 'node:https'

/** Files over HTTPS, on connections that stay open. */
export class HttpsClient {
  readonly #agent: Agent
  readonly #port: number

  constructor(port: number, connections: number) {
    this.#port = port
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** Brings a file: its id. */
  async put(body: Uint8Array): Promise<string> {
    const reply = await this.#ask('POST', '/file', body)
    return (JSON.parse(reply.toString()) as { readonly id: string }).id
  }

  /** Fetches one. */
  async get(id: string): Promise<Uint8Array> {
    return this.#ask('GET', `/file/${id}`)
  }

  close(): void {
    this.#agent.destroy()
  }

  async #ask(method: string, path: string, body?: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.#port,
        method,
        path,
        agent: this.#agent,
        rejectUnauthorized: false,
      }
      const headers = body === undefined ? {} : { 'content-length': body.length }
      const outgoing = request({ ...options, headers }, reply => {
        const pieces: Buffer[] = []
        reply.on('data', (piece: Buffer) => pieces.push(piece))
        reply.on('error', reject)
        reply.on('end', () => {
          if (reply.statusCode === 200) resolve(Buffer.concat(pieces))
          else reject(new Error(`the server answered ${reply.statusCode}`))
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}
