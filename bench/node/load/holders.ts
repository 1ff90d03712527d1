import { type ClientHttp2Session, connect } from 'node:http2'
import { formatRequest } from '@sotto/protocol/storage'
import { type PlannedNode } from '../network/plan.ts'
import { drawAccount } from './accounts.ts'
import { heldRequest } from './held-latency.ts'
import { pathFrom, wrap } from './onion.ts'

/** Where requests are held: directly at a node, or through one relay at the next. */
export type HoldWay = 'direct' | 'relayed'

const perSession = 4000

/** Many requests that wait, each of an account of its own, over a few connections by HTTP/2. */
export class Holders {
  readonly #sessions: ClientHttp2Session[] = []
  #requests: readonly { readonly path: string; readonly body: Uint8Array }[] = []
  #answered = 0

  /** How many have their answer. */
  get answered(): number {
    return this.#answered
  }

  /** Makes the requests. `nodes` is the relay and the destination; the latter alone is asked directly. */
  prepare(count: number, way: HoldWay, nodes: readonly PlannedNode[]): void {
    const path = pathFrom(nodes, 0, 2)
    this.#requests = Array.from({ length: count }, () => {
      const body = formatRequest(heldRequest(drawAccount(), Date.now()))
      if (way === 'direct') return { path: '/storage_rpc/v1', body }
      return { path: '/onion_req/v2', body: wrap(body, path).request }
    })
  }

  /** Sends them all; ends when they are written. */
  async hold(port: number): Promise<void> {
    this.#answered = 0
    for (let at = 0; at < this.#requests.length; at += perSession) {
      const session = await openSession(port)
      this.#sessions.push(session)
      for (const { path, body } of this.#requests.slice(at, at + perSession)) {
        const stream = session.request({ ':method': 'POST', ':path': path, 'content-length': body.length })
        stream.on('error', () => undefined)
        stream.on('end', () => (this.#answered += 1))
        stream.resume()
        stream.end(body)
      }
    }
    this.#requests = []
  }

  /** Lets go of everything. */
  close(): void {
    for (const session of this.#sessions.splice(0)) session.destroy()
  }
}

async function openSession(port: number): Promise<ClientHttp2Session> {
  const session = connect(`https://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    peerMaxConcurrentStreams: perSession,
    maxSessionMemory: 512,
  })
  session.on('error', () => undefined)
  await new Promise<void>(resolve => {
    session.once('connect', () => resolve())
  })
  return session
}
