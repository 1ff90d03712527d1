import { setTimeout as sleep } from 'node:timers/promises'
import { type Namespace } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { seededRandom } from '@sotto/testing'
import { drawAccount, type FaultAccount } from '../client/fault-account.ts'
import { RecordingClient } from '../client/recording-client.ts'
import { checkHistory } from '../history/check-history.ts'
import { type HistoryRecord, type Violation } from '../history/records.ts'
import { Workload } from '../cluster/workload.ts'
import { HttpClient } from './http-client.ts'
import { type NetworkNode, ProcessNetwork, type ProcessNetworkOptions } from './process-network.ts'

const clients = 6
const accountCount = 4
/** How long members may take to agree: twice what they are promised (spec 70, D5), as the machine may be busy. */
const settleMs = 240_000
/** How long clients may take to have enough of their stores confirmed. */
const enoughMs = 120_000
/** How many stores clients must have confirmed for the time to count as work. */
const enough = 30

/** What came of a run over processes. */
export interface ProcessVerdict {
  readonly violations: readonly Violation[]
  /** Errors that nodes logged, and ends of their processes that nobody asked for. */
  readonly problems: readonly string[]
  readonly confirmed: number
  /** From the end of all trouble until all members showed the same, ms. */
  readonly settledMs: number
}

/** Clients that work on a network of processes while a test does what it likes to them. */
export class ProcessRun {
  readonly network: ProcessNetwork
  readonly #http = new HttpClient()
  readonly #client: RecordingClient
  readonly #workload: Workload
  #round = 0

  private constructor(network: ProcessNetwork, seed: number) {
    this.network = network
    const random = seededRandom(seed)
    this.#client = this.#recorder()
    const ports = { random, client: this.#client, now: () => Date.now(), sleep: async (ms: number) => sleep(ms) }
    const accounts = Array.from({ length: accountCount }, () => drawAccount(random))
    this.#workload = new Workload(
      { ...ports, membersFor: account => this.#membersFor(account), shortLives: false },
      accounts,
    )
  }

  static async start(options: ProcessNetworkOptions, seed: number): Promise<ProcessRun> {
    const network = await ProcessNetwork.create(options)
    await network.start()
    return new ProcessRun(network, seed)
  }

  get history(): readonly HistoryRecord[] {
    return this.#client.history
  }

  /** Stores that some member confirmed to the client. */
  get confirmed(): number {
    return this.#workload.confirmed
  }

  node(at: number): NetworkNode {
    const node = this.network.nodes[at]
    if (node === undefined) throw new Error('there is no such node')
    return node
  }

  async sleep(ms: number): Promise<void> {
    await sleep(ms)
  }

  /** Clients work while something is done, and until enough of their stores were confirmed. */
  async during(what: () => Promise<void>): Promise<void> {
    const before = this.confirmed
    const over = new AbortController()
    const working = Array.from({ length: clients }, async () => {
      while (!over.signal.aborted) await this.#workload.run(Date.now() + 200, 120)
    })
    try {
      await what()
      await this.until(() => this.confirmed >= before + enough, enoughMs)
    } finally {
      over.abort()
    }
    await Promise.all(working)
  }

  /** Waits until something is so, or the time is over. */
  async until(isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs
    while (!(await isSo()) && Date.now() < end) await sleep(200)
  }

  /** Everybody is well: waits until the members show the same, reads every box at every member, and judges. */
  async settle(): Promise<ProcessVerdict> {
    const healedAt = Date.now()
    await this.until(() => this.#agree(), settleMs)
    const settledMs = Date.now() - healedAt
    await this.#readAll()
    return {
      violations: checkHistory(this.history, { accepted: 1, toleranceMs: 0 }),
      problems: this.#problems(),
      confirmed: this.confirmed,
      settledMs,
    }
  }

  async #readAll(): Promise<void> {
    this.#round++
    for (const [node, account, namespace] of this.#places()) {
      const shown = await this.#client.read(node, account, namespace, { settled: this.#round })
      if (shown === undefined) throw new Error('a healed member does not answer')
    }
  }

  /** Whether all members show the same messages with the same ends now. Looks at them unseen by the history. */
  async #agree(): Promise<boolean> {
    const probe = this.#recorder()
    const seen = new Map<string, string>()
    for (const [node, account, namespace] of this.#places()) {
      const shown = await probe.read(node, account, namespace)
      if (shown === undefined) return false
      const hashes = shown
        .map(({ hash, expiry }) => `${hash} ${expiry}`)
        .toSorted()
        .join(' ')
      const box = `${account.owner} ${namespace}`
      if ((seen.get(box) ?? hashes) !== hashes) return false
      seen.set(box, hashes)
    }
    return true
  }

  *#places(): Iterable<readonly [NodeId, FaultAccount, Namespace]> {
    for (const [account, namespace] of this.#workload.boxes()) {
      for (const node of this.#membersFor(account)) yield [node, account, namespace]
    }
  }

  #membersFor({ owner }: FaultAccount): readonly NodeId[] {
    return this.network.directory.swarmOf(owner)?.members.map(({ ed25519 }) => ed25519) ?? []
  }

  #recorder(): RecordingClient {
    const byId = new Map(this.network.nodes.map(node => [node.identity.id, node]))
    return new RecordingClient({
      now: () => Date.now(),
      ask: async (id, body) => this.#http.ask({ port: byId.get(id)?.port ?? 0, path: '/storage_rpc/v1', body }),
      isMember: (node, account) => this.#membersFor(account).includes(node),
    })
  }

  /** What must not stand in a log, and ends that nobody asked for. */
  #problems(): readonly string[] {
    return this.network.nodes.flatMap(({ process }) => [
      ...process.unexpectedEnds,
      ...process.text.split('\n').filter(line => line.includes('"level":"error"')),
    ])
  }

  async destroy(): Promise<void> {
    this.#http.close()
    await this.network.destroy()
  }
}
