import { type Namespace } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { entriesOf, type HeldEntryState, type Holder } from './holder.ts'

/** Everybody who waits: by what they wait for, by account and by age. Adding, removing and waking touch no others. */
export class HolderIndex {
  /** The first of each list of entries, by account ‖ namespace. */
  readonly #heads = new Map<string, HeldEntryState>()
  readonly #byOwner = new Map<SwarmOwner, Set<Holder>>()
  /** In the order of their arrival. */
  readonly #all = new Set<Holder>()
  #entries = 0
  #unsigned = 0

  get holders(): number {
    return this.#all.size
  }

  get entries(): number {
    return this.#entries
  }

  get unsigned(): number {
    return this.#unsigned
  }

  /** All holders, the oldest first. */
  all(): Iterable<Holder> {
    return this.#all
  }

  /** The accounts that somebody waits for. */
  owners(): Iterable<SwarmOwner> {
    return this.#byOwner.keys()
  }

  /** The holders of an account, the oldest first. */
  of(owner: SwarmOwner): ReadonlySet<Holder> {
    return this.#byOwner.get(owner) ?? new Set()
  }

  add(holder: Holder): void {
    this.#all.add(holder)
    for (const entry of entriesOf(holder)) {
      this.#entries++
      if (!entry.isSigned) this.#unsigned++
      this.#link(entry)
      const known = this.#byOwner.get(entry.owner)
      if (known === undefined) this.#byOwner.set(entry.owner, new Set([holder]))
      else known.add(holder)
    }
  }

  /** Does nothing for a holder that is not here. */
  remove(holder: Holder): void {
    if (!this.#all.delete(holder)) return
    for (const entry of entriesOf(holder)) {
      this.#entries--
      if (!entry.isSigned) this.#unsigned--
      this.#unlink(entry)
      const known = this.#byOwner.get(entry.owner)
      known?.delete(holder)
      if (known?.size === 0) this.#byOwner.delete(entry.owner)
    }
  }

  /** Those who wait for messages of this account in this namespace, each once. */
  waitingFor(owner: SwarmOwner, namespace: Namespace): readonly Holder[] {
    const holders = new Set<Holder>()
    for (let entry = this.#heads.get(keyOf(owner, namespace)); entry !== undefined; entry = entry.next) {
      holders.add(entry.holder)
    }
    return [...holders]
  }

  #link(entry: HeldEntryState): void {
    const key = keyOf(entry.owner, entry.namespace)
    const head = this.#heads.get(key)
    entry.next = head
    if (head !== undefined) head.previous = entry
    this.#heads.set(key, entry)
  }

  #unlink(entry: HeldEntryState): void {
    const { next, previous } = entry
    if (next !== undefined) next.previous = previous
    if (previous !== undefined) previous.next = next
    else if (next !== undefined) this.#heads.set(keyOf(entry.owner, entry.namespace), next)
    else this.#heads.delete(keyOf(entry.owner, entry.namespace))
    entry.next = undefined
    entry.previous = undefined
  }
}

function keyOf(owner: SwarmOwner, namespace: Namespace): string {
  return `${owner}${namespace}`
}
