import { type GetSwarmReply } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'

/** Asks one node, through a path of the asking class, which swarm serves an owner. `undefined`: no answer. */
export type AskSwarm = (node: NodeEntry) => Promise<GetSwarmReply | undefined>

/** What nodes said of one owner. */
interface Claims {
  /** By the node that said it. */
  readonly said: ReadonlyMap<NodeId, GetSwarmReply>
}

/** Owners of whom claims are remembered; contacts can make us look up any number of them. */
const MAX_OWNERS = 1024
/** So many nodes must say the same before they are believed against the list, or without one. */
const AGREEING = 2

/**
 * Who serves whom. The directory knows, and is believed until several nodes agree on something else: then it is older than
 * they are. Where it knows no swarms, three nodes are asked. Spec 20 §1.4, §4.6.
 */
export class SwarmLookup {
  readonly #directory: NodeDirectory
  readonly #claims = new Map<SwarmOwner, Claims>()

  constructor(directory: NodeDirectory) {
    this.#directory = directory
  }

  /** The members as far as they are known without asking. */
  known(owner: SwarmOwner): readonly NodeEntry[] {
    return this.#agreed(owner) ?? this.#directory.swarmOf(owner)?.members ?? []
  }

  /** The members; asks the given nodes if nobody knows. May be empty. */
  async find(owner: SwarmOwner, nodes: readonly NodeEntry[], ask: AskSwarm): Promise<readonly NodeEntry[]> {
    const known = this.known(owner)
    if (known.length > 0) return known
    await Promise.all(
      nodes.map(async node => {
        const reply = await ask(node)
        if (reply !== undefined) this.claim(owner, node.ed25519, reply)
      }),
    )
    return this.known(owner)
  }

  /** A node says that this swarm serves the owner. */
  claim(owner: SwarmOwner, by: NodeId, reply: GetSwarmReply): void {
    const said = new Map(this.#claims.get(owner)?.said).set(by, reply)
    this.#claims.delete(owner)
    this.#claims.set(owner, { said })
    const [oldest] = this.#claims.keys()
    if (this.#claims.size > MAX_OWNERS && oldest !== undefined) this.#claims.delete(oldest)
  }

  /** A member answered as one: whoever says that it is none is wrong. */
  confirm(owner: SwarmOwner, member: NodeId): void {
    const isDoubted = this.#agreed(owner)?.some(({ ed25519 }) => ed25519 === member) === false
    if (isDoubted) this.#claims.delete(owner)
  }

  /** The list of nodes has changed: what was said against the old one does not count. */
  forget(): void {
    this.#claims.clear()
  }

  /**
   * Members that several nodes name, if more nodes say this swarm than any other and more than say what the directory does:
   * two that lie must not be able to send us away for good. Only nodes of the list can be members.
   */
  #agreed(owner: SwarmOwner): readonly NodeEntry[] | undefined {
    const replies = [...(this.#claims.get(owner)?.said.values() ?? [])]
    const groups = Map.groupBy(replies, ({ swarm }) => swarm)
    const listed = this.#directory.swarmOf(owner)?.swarmId
    const forList = listed === undefined ? 0 : (groups.get(listed)?.length ?? 0)
    const needed = Math.max(AGREEING, forList + 1)
    const [most] = [...groups.values()].toSorted((a, b) => b.length - a.length)
    return most === undefined || most.length < needed ? undefined : this.#namedBy(most)
  }

  /** `undefined` if they name nobody in common. */
  #namedBy(replies: readonly GetSwarmReply[]): readonly NodeEntry[] | undefined {
    const named = replies.flatMap(({ nodes }) => [...new Set(nodes.map(({ id }) => id))])
    const counts = Map.groupBy(named, id => id)
    const ids = [...counts].filter(([, all]) => all.length >= AGREEING).map(([id]) => id)
    const members = ids.flatMap(id => this.#directory.byId(id) ?? [])
    return members.length > 0 ? members : undefined
  }
}
