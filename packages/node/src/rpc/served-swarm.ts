import { type ActiveNode, type GetSwarmReply, type HardFork, type SwarmNode } from '@sotto/protocol/storage'
import { type NodeId, nodePublicKey, type SwarmId, type SwarmOwner, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry, type ServiceNodeList, type Swarm } from '@sotto/registry'
import { type Clock } from '../clock/clock.ts'

/** Accounts of which it is remembered whether they are served: 2 MB at most. */
const maxServed = 10_000
const ipv4 = /^[0-9]{1,3}(\.[0-9]{1,3}){3}$/

/** The directory as this node's requests ask it: who serves an account, and with whom. Answers are made once for each list. */
export class ServedSwarm {
  readonly #id: NodeId
  readonly #directory: NodeDirectory
  readonly #clock: Clock
  readonly #hardFork: HardFork
  #list: ServiceNodeList | undefined
  readonly #nodes = new Map<SwarmId, readonly SwarmNode[]>()
  /** Every request asks, and the place of an account is four large numbers. */
  readonly #served = new Map<SwarmOwner, boolean>()
  #own: Swarm | undefined
  #others: readonly NodeId[] = []

  constructor(id: NodeId, directory: NodeDirectory, clock: Clock, hardFork: HardFork) {
    this.#id = id
    this.#directory = directory
    this.#clock = clock
    this.#hardFork = hardFork
  }

  /** The swarm of this node; `undefined` while it serves none. */
  own(): Swarm | undefined {
    this.#refresh()
    return this.#own
  }

  /** The other members of the own swarm. */
  others(): readonly NodeId[] {
    this.#refresh()
    return this.#others
  }

  /** Whether this node keeps the messages of an account. */
  serves(owner: SwarmOwner): boolean {
    this.#refresh()
    const known = this.#served.get(owner)
    if (known !== undefined) return known
    const serves = this.#own !== undefined && this.#directory.swarmOf(owner)?.swarmId === this.#own.swarmId
    if (this.#served.size >= maxServed) this.#served.clear()
    this.#served.set(owner, serves)
    return serves
  }

  /** The body of a 421; `undefined` if the account is served here. Spec 20 §3.17. */
  wrongSwarm(owner: SwarmOwner): GetSwarmReply | undefined {
    return this.serves(owner) ? undefined : this.swarmOf(owner)
  }

  /** The reply of `get_swarm`. Spec 20 §3.13. */
  swarmOf(owner: SwarmOwner): GetSwarmReply {
    this.#refresh()
    const swarm = this.#directory.swarmOf(owner)
    const stamp = { t: this.#clock.now(), hardFork: this.#hardFork }
    if (swarm === undefined) return { swarm: UNASSIGNED_SWARM, nodes: [], ...stamp }
    return { swarm: swarm.swarmId, nodes: this.#nodesOf(swarm), ...stamp }
  }

  /** The reply of `active_nodes_bin`. Spec 20 §3.15. */
  activeNodes(): readonly ActiveNode[] {
    return this.#directory
      .list()
      .nodes.filter(({ swarmId }) => swarmId !== UNASSIGNED_SWARM)
      .map(({ ed25519: id, swarmId: swarm, ip, httpsPort, omqPort, version }) => ({
        id,
        swarm,
        contact: ipv4.test(ip) ? { ip, httpsPort, omqPort, version } : undefined,
      }))
  }

  #nodesOf({ swarmId, members }: Swarm): readonly SwarmNode[] {
    const known = this.#nodes.get(swarmId)
    if (known !== undefined) return known
    const nodes = members.map(swarmNodeOf)
    this.#nodes.set(swarmId, nodes)
    return nodes
  }

  #refresh(): void {
    const list = this.#directory.list()
    if (list === this.#list) return
    const swarmId = this.#directory.byId(this.#id)?.swarmId
    this.#list = list
    this.#nodes.clear()
    this.#served.clear()
    this.#own = swarmId === undefined ? undefined : this.#directory.swarmById(swarmId)
    this.#others = (this.#own?.members ?? []).map(({ ed25519 }) => ed25519).filter(id => id !== this.#id)
  }
}

/** Registrations are by the Ed25519 key, so it is the legacy key too. Spec 20 §1.1. */
function swarmNodeOf({ ed25519: id, x25519: x25519Key, ip, httpsPort, omqPort }: NodeEntry): SwarmNode {
  return { id, legacyKey: nodePublicKey(id), x25519Key, ip: ipv4.test(ip) ? ip : undefined, httpsPort, omqPort }
}
