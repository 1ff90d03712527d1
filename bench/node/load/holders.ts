import { LINK_CAPABILITY } from '@sotto/protocol/link'
import { formatRequest } from '@sotto/protocol/storage'
import { systemRandom } from '@sotto/server'
import { NodeLinks } from '@sotto/transport'
import { type PlannedNode } from '../network/plan.ts'
import { drawAccount } from './accounts.ts'
import { heldRequest } from './held-latency.ts'
import { pathFrom, wrap } from './onion.ts'

/** Where requests are held: directly at a node, or through one relay at the next. */
export type HoldWay = 'direct' | 'relayed'

const timeoutMs = 120_000

/** Many requests that wait, each of an account of its own, over one link, as a gateway has them. */
export class Holders {
  #links: NodeLinks | undefined
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

  /** Sends them all; ends when they are on their way. */
  hold(port: number): void {
    this.#answered = 0
    const links = new NodeLinks({ random: systemRandom, limits: { maxPending: this.#requests.length } })
    this.#links = links
    const target = { ip: '127.0.0.1', port, capabilities: [LINK_CAPABILITY] }
    const count = (): void => void (this.#answered += 1)
    for (const { path, body } of this.#requests)
      void links.request(target, path, body, { timeoutMs }).then(count, count)
    this.#requests = []
  }

  /** Lets go of everything. */
  close(): void {
    this.#links?.stop()
    this.#links = undefined
  }
}
