import { type NodeEntry } from '@sotto/registry'
import { type PostOptions, type PostReply, type Transport } from '@sotto/network'

/** What went to guards and back: bodies, without what TLS and HTTP add. */
export interface Traffic {
  readonly requests: number
  readonly sentBytes: number
  readonly receivedBytes: number
}

/** Counts what another transport carries. */
export class CountingTransport implements Transport {
  readonly #inner: Transport
  #traffic: Traffic = { requests: 0, sentBytes: 0, receivedBytes: 0 }

  constructor(inner: Transport) {
    this.#inner = inner
  }

  /** So far. A request counts when it goes out, a reply when it is here. */
  get traffic(): Traffic {
    return this.#traffic
  }

  async post(guard: NodeEntry, path: '/onion_req/v2', body: Uint8Array, options: PostOptions): Promise<PostReply> {
    this.#add({ requests: 1, sentBytes: body.length, receivedBytes: 0 })
    const reply = await this.#inner.post(guard, path, body, options)
    this.#add({ requests: 0, sentBytes: 0, receivedBytes: reply.body.length })
    return reply
  }

  #add({ requests, sentBytes, receivedBytes }: Traffic): void {
    const so = this.#traffic
    this.#traffic = {
      requests: so.requests + requests,
      sentBytes: so.sentBytes + sentBytes,
      receivedBytes: so.receivedBytes + receivedBytes,
    }
  }
}

/** What came in between. */
export function trafficBetween(before: Traffic, after: Traffic): Traffic {
  return {
    requests: after.requests - before.requests,
    sentBytes: after.sentBytes - before.sentBytes,
    receivedBytes: after.receivedBytes - before.receivedBytes,
  }
}
