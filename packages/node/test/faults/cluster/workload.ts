import { type RandomBytes } from '@sotto/protocol/crypto'
import { type MessageHash, type Namespace, toNamespace } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { randomBelow } from '@sotto/testing'
import { type FaultAccount } from '../client/fault-account.ts'
import { type RecordingClient } from '../client/recording-client.ts'

/** Where clients' work goes and how much there is of it. */
export interface WorkloadPorts {
  readonly random: RandomBytes
  readonly client: RecordingClient
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Nodes that the account's client would ask now. */
  readonly membersFor: (account: FaultAccount) => readonly NodeId[]
  /** Some messages live for about a minute only. Repair does not look at those: waiting for members to agree takes longer. */
  readonly shortLives: boolean
}

/** One way of working, with how often it is chosen. */
type Act = (account: FaultAccount, node: NodeId, namespace: Namespace) => Promise<void>

const inbox = toNamespace(0)
const boxes: readonly Namespace[] = [inbox, toNamespace(2)]
const hourMs = 3_600_000

/** What many clients do at once: mostly storing and reading, now and then deleting and changing ends. Drawn from a seed. */
export class Workload {
  readonly #ports: WorkloadPorts
  readonly #accounts: readonly FaultAccount[]
  readonly #known = new Map<string, MessageHash[]>()
  readonly #data: Uint8Array[] = []
  readonly #acts: readonly (readonly [weight: number, act: Act])[]
  /** Stores that a majority confirmed in time for the client to see. */
  confirmed = 0

  constructor(ports: WorkloadPorts, accounts: readonly FaultAccount[]) {
    this.#ports = ports
    this.#accounts = accounts
    this.#acts = [
      [10, (account, node, namespace) => this.#store(account, node, namespace)],
      [2, (account, node, namespace) => this.#storeAgain(account, node, namespace)],
      [5, (account, node, namespace) => this.#read(account, node, namespace)],
      [2, (account, node, namespace) => this.#delete(account, node, namespace)],
      [1, (account, node, namespace) => this.#expire(account, node, namespace)],
    ]
  }

  /** The boxes that are worked on, one by one. */
  *boxes(): Iterable<readonly [FaultAccount, Namespace]> {
    for (const account of this.#accounts) for (const namespace of boxes) yield [account, namespace]
  }

  /** One client that acts again and again until the time, Unix ms. */
  async run(until: number, maxPauseMs: number): Promise<void> {
    const { now, sleep, membersFor } = this.#ports
    while (now() < until) {
      await sleep(this.#below(maxPauseMs))
      const account = this.#pick(this.#accounts)
      const node = this.#pick(membersFor(account))
      await this.#act()(account, node, this.#pick(boxes))
    }
  }

  async #store(account: FaultAccount, node: NodeId, namespace: Namespace): Promise<void> {
    const data = this.#ports.random(1 + this.#below(60))
    this.#data.push(data)
    await this.#send(account, node, namespace, data)
  }

  /** The same bytes again, elsewhere too: after a lost answer clients do just that. */
  async #storeAgain(account: FaultAccount, node: NodeId, namespace: Namespace): Promise<void> {
    if (this.#data.length > 0) await this.#send(account, node, namespace, this.#pick(this.#data))
  }

  async #send(account: FaultAccount, node: NodeId, namespace: Namespace, data: Uint8Array): Promise<void> {
    const isShort = this.#ports.shortLives && this.#below(20) === 0
    const ttlMs = isShort ? 15_000 + this.#below(60_000) : hourMs * (2 + this.#below(300))
    const confirmedBy = await this.#ports.client.store(node, account, { namespace, data, ttlMs })
    if (confirmedBy.length > 0) this.confirmed++
  }

  async #read(account: FaultAccount, node: NodeId, namespace: Namespace): Promise<void> {
    const paged = this.#below(2) === 0 ? {} : { pageCount: 1 + this.#below(9) }
    const messages = await this.#ports.client.read(node, account, namespace, paged)
    const hashes = messages?.map(({ hash }) => hash) ?? []
    if (hashes.length > 0) this.#known.set(`${account.owner} ${namespace}`, hashes)
  }

  async #delete(account: FaultAccount, node: NodeId, namespace: Namespace): Promise<void> {
    const hashes = this.#some(account, namespace)
    if (hashes.length > 0) await this.#ports.client.delete(node, account, namespace, hashes)
  }

  async #expire(account: FaultAccount, node: NodeId, namespace: Namespace): Promise<void> {
    const hashes = this.#some(account, namespace)
    if (hashes.length === 0) return
    const mode = this.#below(2) === 0 ? 'extend' : 'shorten'
    const expiry = this.#ports.now() + hourMs * (1 + this.#below(400))
    await this.#ports.client.expire(node, account, { namespace, hashes, expiry, mode })
  }

  /** One to three hashes that a read has shown. */
  #some({ owner }: FaultAccount, namespace: Namespace): readonly MessageHash[] {
    const known = this.#known.get(`${owner} ${namespace}`) ?? []
    if (known.length === 0) return []
    return [...new Set(Array.from({ length: 1 + this.#below(3) }, () => this.#pick(known)))]
  }

  #act(): Act {
    let drawn = this.#below(this.#acts.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, act] of this.#acts) {
      if (drawn < weight) return act
      drawn -= weight
    }
    throw new Error('no act was drawn')
  }

  #pick<T>(list: readonly T[]): T {
    const picked = list[this.#below(list.length)]
    if (picked === undefined) throw new Error('there is nothing to choose from')
    return picked
  }

  #below(bound: number): number {
    return randomBelow(this.#ports.random, bound)
  }
}
