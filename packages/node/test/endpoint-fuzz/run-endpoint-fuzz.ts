import { utf8Encode } from '@sotto/protocol/encoding'
import { systemRandom } from '@sotto/server'
import { NodeLinks } from '@sotto/transport'
import { drawAccount, type FaultAccount } from '../faults/client/fault-account.ts'
import { HttpClient } from '../faults/processes/http-client.ts'
import { type NetworkNode, ProcessNetwork } from '../faults/processes/process-network.ts'
import { type CaseMaterial, drawCase } from './cases.ts'
import { Draw } from './draw.ts'
import { judge, sealedStatus } from './judge.ts'
import { HostileMember, sealedFrames } from './member-frames.ts'
import { sendHead } from './raw-sockets.ts'
import { goodRequests } from './rpc-corpus.ts'

/** What came of a run. */
export interface FuzzOutcome {
  readonly statuses: ReadonlyMap<string, number>
  /** Answers that must not be, with the number of their case. */
  readonly findings: readonly string[]
  /** Failures that nodes logged, and ends of their processes. */
  readonly failures: readonly string[]
}

/** Limits that would hide most of the endpoints from a fuzzer with one address; and waits that would make it slow. */
const settings = {
  'log-level': 'error',
  'clients-rpc-rate': 1_000_000,
  'clients-rpc-burst': 1_000_000,
  'clients-onion-rate': 1_000_000,
  'clients-onion-burst': 1_000_000,
  'clients-onion-bytes-rate': 1_000_000_000,
  'clients-onion-bytes-burst': 1_000_000_000,
  'clients-max-onions-in-flight': 10_000,
  'held-max-holders': 8,
  'held-account-rate': 100_000,
  'held-account-burst': 100_000,
  'swarm-max-strikes': 1_000_000_000,
  'onion-proxy-timeout-ms': 2000,
}
const parallel = 32
/** Signed times are good for a minute: the material is made anew before that. */
const freshMs = 20_000

/** Sends damaged requests to real nodes. Every case follows from the seed and its number, but for times and keys. */
export async function runEndpointFuzz(count: number, seed: number, from = 0): Promise<FuzzOutcome> {
  const network = await ProcessNetwork.create({ swarms: [2, 1], settings })
  try {
    await network.start()
    return await new EndpointFuzz(network, seed).run(from, from + count)
  } finally {
    await network.destroy()
  }
}

class EndpointFuzz {
  readonly #network: ProcessNetwork
  readonly #seed: number
  readonly #target: NetworkNode
  readonly #other: NetworkNode
  readonly #account: FaultAccount
  readonly #http = new HttpClient('127.0.0.1', parallel)
  readonly #links = new NodeLinks({ random: systemRandom })
  readonly #member: HostileMember
  readonly #statuses = new Map<string, number>()
  readonly #findings: string[] = []
  #material: { readonly madeAt: number; readonly value: CaseMaterial } | undefined

  constructor(network: ProcessNetwork, seed: number) {
    const [target, other] = network.nodes
    if (target === undefined || other === undefined) throw new Error('there are nodes')
    this.#network = network
    this.#seed = seed
    this.#target = target
    this.#other = other
    this.#account = this.#servedAccount(new Draw(seed, 0))
    this.#member = new HostileMember(other.identity, network.directory, this.#links, new Draw(seed, 1))
  }

  async run(from: number, to: number): Promise<FuzzOutcome> {
    let next = from
    const work = async (): Promise<void> => {
      while (next < to) await this.#one(next++)
    }
    await Promise.all(Array.from({ length: parallel }, work))
    await this.#stillWell()
    this.#member.stop()
    this.#links.stop()
    this.#http.close()
    const failures = this.#network.nodes.flatMap(({ process }) => [
      ...process.unexpectedEnds.map(end => `a process ended: ${end}`),
      ...process.text.split('\n').filter(line => line !== ''),
    ])
    return { statuses: this.#statuses, findings: this.#findings, failures }
  }

  async #one(number: number): Promise<void> {
    const draw = new Draw(this.#seed, number + 10)
    const material = this.#fresh()
    if (number % 100 === 99) return sendHead(this.#target.port, number / 100, 300)
    if (number % 8 === 7) return this.#memberCase(number, draw, material)
    const fuzzCase = drawCase(draw, material)
    const answer = await this.#http.ask({ ...fuzzCase, port: this.#target.port, timeoutMs: 60_000 })
    const inside = answer === undefined ? undefined : sealedStatus(fuzzCase, answer)
    this.#count(`${fuzzCase.kind} ${answer?.status ?? 'none'}${inside === undefined ? '' : ` with ${inside} inside`}`)
    const problem = judge(fuzzCase, answer)
    if (problem !== undefined) this.#findings.push(`case ${number} ${fuzzCase.kind}: ${problem}`)
  }

  async #memberCase(number: number, draw: Draw, { rpcs }: CaseMaterial): Promise<void> {
    const bodies = [...rpcs.map(text => utf8Encode(text)), new Uint8Array(64), utf8Encode('d6:pubkey33:')]
    try {
      const problem = await this.#member.ask(this.#target.identity, bodies, draw)
      if (problem !== undefined) this.#findings.push(`case ${number} ${problem}`)
      this.#count('member link')
    } catch (error) {
      this.#findings.push(`case ${number} member link: ${String(error)}`)
    }
  }

  /** After all of that an ordinary request is answered as ever. */
  async #stillWell(): Promise<void> {
    for (const { port } of this.#network.nodes) {
      const body = utf8Encode('{"method":"info","params":{}}')
      const answer = await this.#http.ask({ port, path: '/storage_rpc/v1', body })
      if (answer?.status !== 200) this.#findings.push(`info is answered with ${answer?.status ?? 'nothing'} at the end`)
    }
  }

  #fresh(): CaseMaterial {
    const now = Date.now()
    if (this.#material !== undefined && now - this.#material.madeAt < freshMs) return this.#material.value
    const value = {
      rpcs: goodRequests(this.#account, now),
      nodes: this.#network.nodes.map(({ identity }) => identity),
      frames: sealedFrames(this.#other.identity, this.#target.identity),
    }
    this.#material = { madeAt: now, value }
    return value
  }

  #servedAccount(draw: Draw): FaultAccount {
    for (;;) {
      const account = drawAccount(draw.random)
      if (this.#network.directory.swarmOf(account.owner)?.swarmId === this.#target.swarmId) return account
    }
  }

  #count(what: string): void {
    this.#statuses.set(what, (this.#statuses.get(what) ?? 0) + 1)
  }
}
