import { type NodeId } from '@sotto/protocol/swarm'
import { type Clock } from '../clock/clock.ts'

interface Record {
  strikes: number
  /** Monotonic, ms. */
  shunnedUntil: number
  isSilent: boolean
}

/** What is remembered of how other nodes behave: who breaks rules, and who does not answer. In memory only. */
export class PeerConduct {
  readonly #clock: Clock
  readonly #maxStrikes: number
  readonly #shunMs: number
  readonly #onReturn: (node: NodeId) => void
  readonly #records = new Map<NodeId, Record>()

  /** `onReturn` is told of a node that answers again after it did not. */
  constructor(
    clock: Clock,
    limits: { readonly maxStrikes: number; readonly shunMs: number },
    onReturn: (node: NodeId) => void,
  ) {
    this.#clock = clock
    this.#maxStrikes = limits.maxStrikes
    this.#shunMs = limits.shunMs
    this.#onReturn = onReturn
  }

  /** The node has done what no honest one does. After some of these it is not listened to for a while. */
  strike(node: NodeId): void {
    const record = this.#of(node)
    record.strikes++
    if (record.strikes < this.#maxStrikes) return
    record.strikes = 0
    record.shunnedUntil = this.#clock.monotonic() + this.#shunMs
  }

  /** Whether copies and repairs of this node are refused now. What carries an account's signature is not. */
  isShunned(node: NodeId): boolean {
    return (this.#records.get(node)?.shunnedUntil ?? 0) > this.#clock.monotonic()
  }

  silent(node: NodeId): void {
    this.#of(node).isSilent = true
  }

  answered(node: NodeId): void {
    const record = this.#records.get(node)
    if (record?.isSilent !== true) return
    record.isSilent = false
    this.#onReturn(node)
  }

  isSilent(node: NodeId): boolean {
    return this.#records.get(node)?.isSilent === true
  }

  /** Forgets nodes that are no longer listed. */
  keepOnly(isListed: (node: NodeId) => boolean): void {
    for (const node of this.#records.keys()) if (!isListed(node)) this.#records.delete(node)
  }

  #of(node: NodeId): Record {
    const known = this.#records.get(node)
    if (known !== undefined) return known
    const record = { strikes: 0, shunnedUntil: 0, isSilent: false }
    this.#records.set(node, record)
    return record
  }
}
