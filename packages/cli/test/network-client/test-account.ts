import { Ed25519KeyPair, Ed25519Seed, ed25519ToX25519 } from '@sotto/protocol/crypto'
import { formatAccountId } from '@sotto/protocol/account'
import {
  type MessageHash,
  type Namespace,
  namespaces,
  type RetrieveParams,
  signRequest,
  type StoreParams,
  userSigner,
} from '@sotto/protocol/storage'
import { type NodeId, parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { type WatchNews, type WatchOptions } from '@sotto/network'
import { systemRandom } from '@sotto/server'

const DAY_MS = 86_400_000

/** An account with a mailbox: what its watch delivered, and a cursor for each member. */
export class TestAccount {
  readonly owner: SwarmOwner
  readonly received = new Set<string>()
  readonly from = new Set<NodeId>()
  #arrived: () => void = () => {}
  readonly #keys = new Ed25519KeyPair(new Ed25519Seed(systemRandom(32)))
  readonly #cursors = new Map<string, MessageHash>()

  constructor() {
    this.owner = parseSwarmOwner(formatAccountId(ed25519ToX25519(this.#keys.publicKey)))
  }

  /** A message that anybody may leave here. */
  message(data: Uint8Array): (now: number) => StoreParams {
    const { owner } = this
    return now => ({
      owner,
      namespace: namespaces.inbox,
      timestamp: now,
      expiry: now + DAY_MS,
      data,
      sigTimestamp: now,
    })
  }

  retrieve(now: number, member?: NodeId, namespace: Namespace = namespaces.inbox): RetrieveParams {
    const lastHash = this.#cursors.get(`${member}`)
    const params = { owner: this.owner, namespace, timestamp: now, ...(lastHash === undefined ? {} : { lastHash }) }
    return signRequest('retrieve', params, userSigner(this.#keys)).params
  }

  /** Keeps what comes. */
  watching(onState?: WatchOptions['onState']): WatchOptions {
    const base = {
      owner: this.owner,
      retrieves: (member: NodeId, now: number) => [this.retrieve(now, member)],
      deliver: async ({ member, results }: WatchNews) => {
        for (const { messages, cursor } of results) {
          for (const { hash } of messages) this.received.add(hash)
          if (cursor !== undefined) this.#cursors.set(member, cursor)
        }
        this.from.add(member)
        this.#arrived()
      },
    }
    return onState === undefined ? base : { ...base, onState }
  }

  /** Ends when the message has come. */
  async has(hash: MessageHash): Promise<void> {
    while (!this.received.has(hash)) await new Promise<void>(resolve => (this.#arrived = resolve))
  }
}
