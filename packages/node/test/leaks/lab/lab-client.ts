import { type RandomBytes } from '@sotto/protocol/crypto'
import { concatBytes } from '@sotto/protocol/encoding'
import { buildOnion, drawLayerSecrets, openReply, type OnionCipher, type OnionNode } from '@sotto/protocol/onion'
import { HttpClient } from '../../faults/processes/http-client.ts'
import { type NetworkNode } from '../../faults/processes/process-network.ts'

/** A reply out of an onion or straight from a node; status 0 if none came or none could be opened. */
export interface LabReply {
  readonly status: number
  readonly text: string
}

/** A client with an address of its own. What it sends and gets inside of its own process is kept: the control. */
export class LabClient {
  readonly address: string
  readonly #http: HttpClient
  readonly #random: RandomBytes
  readonly #seen: Uint8Array[] = []

  constructor(address: string, random: RandomBytes) {
    this.address = address
    this.#http = new HttpClient(address)
    this.#random = random
  }

  /** Everything that this client knew: canaries that never leave it must be here. */
  get capture(): Uint8Array {
    return concatBytes(...this.#seen)
  }

  /** Remembers something that only this client has. */
  keep(bytes: Uint8Array): void {
    this.#seen.push(bytes.slice())
  }

  /** A storage request without an onion. */
  async direct(node: NetworkNode, rpc: Uint8Array): Promise<LabReply> {
    this.keep(rpc)
    const answer = await this.#http.ask({ port: node.port, path: '/storage_rpc/v1', body: rpc })
    return { status: answer?.status ?? 0, text: Buffer.from(answer?.body ?? []).toString('utf8') }
  }

  /** A storage request through three hops or as many as there are. */
  async onion(
    hops: readonly NetworkNode[],
    destination: NetworkNode,
    rpc: Uint8Array,
    { cipher = 'aes-gcm', damage = false }: { readonly cipher?: OnionCipher; readonly damage?: boolean } = {},
  ): Promise<LabReply> {
    this.keep(rpc)
    const path = { hops: hops.map(onionNode), destination: { kind: 'node' as const, ...onionNode(destination) } }
    const built = buildOnion(rpc, path, drawLayerSecrets(this.#random, cipher, hops.length + 1), { cipher })
    if (damage) built.request[40] = (built.request[40] ?? 0) ^ 1
    const guard = hops[0] ?? destination
    const answer = await this.#http.ask({
      port: guard.port,
      path: '/onion_req/v2',
      body: built.request,
      timeoutMs: 40_000,
    })
    if (answer === undefined) return { status: 0, text: '' }
    if (answer.status !== 200) return { status: answer.status, text: Buffer.from(answer.body).toString('utf8') }
    const opened = openReply(answer.body, built.keys)
    const text = 'body' in opened && typeof opened.body === 'string' ? opened.body : JSON.stringify(opened)
    return { status: 'status' in opened ? opened.status : 200, text }
  }

  /** Any HTTP request. */
  async raw(node: NetworkNode, path: string, body: Uint8Array, method = 'POST'): Promise<number> {
    return (await this.#http.ask({ port: node.port, path, method, body }))?.status ?? 0
  }

  close(): void {
    this.#http.close()
  }
}

function onionNode({ identity }: NetworkNode): OnionNode {
  return { id: identity.id, key: identity.x25519.publicKey }
}
