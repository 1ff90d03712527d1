import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { randomBelow } from '@sotto/testing'
import { type VirtualCluster } from './virtual-cluster.ts'
import { type VirtualNode } from './virtual-node.ts'

/** What can befall a cluster. */
export type TroubleKind = 'weather' | 'partition' | 'kill' | 'freeze' | 'clock'

/** Makes one thing after the other go wrong, and right again, until all is healed. Drawn from a seed. */
export class Trouble {
  readonly #cluster: VirtualCluster
  readonly #random: RandomBytes
  readonly #kinds: readonly TroubleKind[]
  /** How often each kind struck. */
  readonly counts = new Map<TroubleKind, number>()

  constructor(cluster: VirtualCluster, random: RandomBytes, kinds: readonly TroubleKind[]) {
    this.#cluster = cluster
    this.#random = random
    this.#kinds = kinds
  }

  /** Goes on until the time, Unix ms. Not everything is healed at the end. */
  async run(until: number): Promise<void> {
    const { clock } = this.#cluster
    while (this.#kinds.length > 0 && this.#cluster.now() < until) {
      await clock.sleep(200 + this.#below(6000))
      const kind = this.#kinds[this.#below(this.#kinds.length)]
      if (kind === undefined) continue
      this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
      await this.#strike(kind)
    }
  }

  /** Everything works again: whoever is down is started, clocks are right, links are whole. */
  async heal(): Promise<void> {
    this.#cluster.weather.clear()
    for (const node of this.#cluster.nodes.values()) {
      node.isFrozen = false
      node.skew(0)
      if (!node.isAlive) await node.start()
    }
  }

  async #strike(kind: TroubleKind): Promise<void> {
    const { weather } = this.#cluster
    if (kind === 'weather') {
      weather.conditions = {
        loss: this.#below(30) / 100,
        duplication: this.#below(30) / 100,
        maxDelayMs: this.#below(3) === 0 ? 3000 : 300,
      }
    } else if (kind === 'partition') this.#partition()
    else if (kind === 'clock') this.#node().skew(this.#below(240_001) - 120_000)
    else if (kind === 'freeze') await this.#freeze(this.#node())
    else await this.#kill(this.#node())
  }

  /** Two sides that do not hear each other, or one that hears and is not heard; or the end of such a thing. */
  #partition(): void {
    const { weather, nodes } = this.#cluster
    weather.clear()
    if (this.#below(3) === 0) return
    const ids = [...nodes.keys()]
    const side = new Set(ids.filter(() => this.#below(2) === 0))
    const isOneWay = this.#below(3) === 0
    for (const from of ids) {
      for (const to of ids) {
        const isAcross = side.has(from) !== side.has(to)
        if (isAcross && (!isOneWay || side.has(from))) weather.cut(from, to)
      }
    }
  }

  async #freeze(node: VirtualNode): Promise<void> {
    node.isFrozen = true
    await this.#cluster.clock.sleep(this.#below(8000))
    node.isFrozen = false
  }

  /** Most come back after a while; the others when all is healed. */
  async #kill(node: VirtualNode): Promise<void> {
    if (!node.isAlive) return
    node.parts.disk.cutSoon()
    await this.#cluster.clock.sleep(this.#below(400))
    node.kill()
    await this.#cluster.clock.sleep(this.#below(4000))
    if (this.#below(4) > 0) await node.start()
  }

  #node(): VirtualNode {
    const ids: readonly NodeId[] = [...this.#cluster.nodes.keys()]
    const node = this.#cluster.nodes.get(ids[this.#below(ids.length)] as NodeId)
    if (node === undefined) throw new Error('a cluster has nodes')
    return node
  }

  #below(bound: number): number {
    return randomBelow(this.#random, bound)
  }
}
