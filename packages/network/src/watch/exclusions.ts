import { type Namespace } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'

const MAX_ENTRIES = 1024

/** Namespaces that a member refuses: they are left out there for a while, so that the others go on. Spec 21, trap 6. */
export class Exclusions {
  readonly #monotonic: () => number
  readonly #lifeMs: number
  readonly #until = new Map<string, number>()

  constructor(monotonic: () => number, lifeMs: number) {
    this.#monotonic = monotonic
    this.#lifeMs = lifeMs
  }

  add(member: NodeId, namespace: Namespace): void {
    const key = `${member} ${namespace}`
    this.#until.delete(key)
    this.#until.set(key, this.#monotonic() + this.#lifeMs)
    const [oldest] = this.#until.keys()
    if (this.#until.size > MAX_ENTRIES && oldest !== undefined) this.#until.delete(oldest)
  }

  has(member: NodeId, namespace: Namespace): boolean {
    return (this.#until.get(`${member} ${namespace}`) ?? Number.NEGATIVE_INFINITY) > this.#monotonic()
  }
}
