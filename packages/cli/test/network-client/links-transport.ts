import { NetworkError, type PostOptions, type PostReply, type Transport } from '@sotto/network'
import { type NodeEntry } from '@sotto/registry'
import { NodeLinks, TransportError } from '@sotto/transport'
import { systemRandom } from '@sotto/server'

/** Posts to guards over real links. */
export class LinksTransport implements Transport {
  readonly #links = new NodeLinks({ random: systemRandom })

  async post(guard: NodeEntry, path: string, body: Uint8Array, options: PostOptions): Promise<PostReply> {
    const { ip, httpsPort: port, capabilities } = guard
    try {
      const reply = await this.#links.request({ ip, port, capabilities }, path, body, options)
      return { status: reply.status, body: reply.body }
    } catch (cause) {
      if (options.signal?.aborted === true) throw new NetworkError('network.aborted', {}, { cause })
      if (!(cause instanceof TransportError)) throw cause
      const isLate = cause.code === 'transport.timeout'
      throw new NetworkError(isLate ? 'network.timed-out' : 'network.unreachable', {}, { cause })
    }
  }

  stop(): void {
    this.#links.stop()
  }
}
