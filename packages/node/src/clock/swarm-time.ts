import { type NodeId } from '@sotto/protocol/swarm'
import { type Clock } from './clock.ts'

interface Sample {
  /** The other node's clock minus ours, ms. */
  readonly offsetMs: number
  /** Monotonic, ms. */
  readonly at: number
}

/** Older answers say nothing of now, ms. */
const freshMs = 900_000
/** Expiry waits while the clock disagrees with the swarm by more, ms. Spec 70 §6.5. */
const disagreementMs = 30_000
/** A step of the clock that is larger has to be confirmed, ms. Spec 70 §6.5. */
const stepMs = 60_000
/** How many rounds of answers have to agree after a step, and how far they must lie apart, ms. */
const roundsAfterStep = 2
const roundMs = 30_000

/**
 * Judges this node's clock by what time other members of the swarm have. A wrong clock must not expire anything: while it
 * disagrees with the median of the members, or has jumped and was not confirmed twice, nothing is removed. Spec 70 §6.5, D11.
 */
export class SwarmTime {
  readonly #clock: Clock
  readonly #others: () => readonly NodeId[]
  readonly #samples = new Map<NodeId, Sample>()
  /** Time of day minus monotonic time when it was last looked at, ms. */
  #anchor: number
  #roundsLeft = 0
  /** When the next round may end; monotonic, ms. */
  #roundEndsAt = 0
  /** Who has answered in this round. */
  readonly #round = new Set<NodeId>()

  /** `others` are the other members of the swarm now. */
  constructor(clock: Clock, others: () => readonly NodeId[]) {
    this.#clock = clock
    this.#others = others
    this.#anchor = clock.now() - clock.monotonic()
  }

  /** Another node has just told its time. Only members of the swarm count. */
  record(node: NodeId, offsetMs: number): void {
    this.#noticeStep()
    if (!this.#others().includes(node)) return
    this.#samples.set(node, { offsetMs, at: this.#clock.monotonic() })
    if (this.#roundsLeft > 0) this.#countRound(node)
  }

  /** How far the members' clocks are ahead of this one, ms: the median, this node's own among them. `undefined`: unknown. */
  offset(): number | undefined {
    const since = this.#clock.monotonic() - freshMs
    const members = new Set(this.#others())
    for (const [node, { at }] of this.#samples) {
      if (at < since || !members.has(node)) this.#samples.delete(node)
    }
    if (this.#samples.size === 0) return undefined
    const offsets = [0, ...Array.from(this.#samples.values(), ({ offsetMs }) => offsetMs)].toSorted((a, b) => a - b)
    return medianOf(offsets)
  }

  /** Whether expired messages may be removed now. A node that is alone in its swarm has only its own clock. */
  mayExpire(): boolean {
    this.#noticeStep()
    if (this.#others().length === 0) return true
    const offset = this.offset()
    return this.#roundsLeft === 0 && offset !== undefined && Math.abs(offset) <= disagreementMs
  }

  /** The time of day has moved otherwise than time: what others told before is void. */
  #noticeStep(): void {
    const anchor = this.#clock.now() - this.#clock.monotonic()
    const step = Math.abs(anchor - this.#anchor)
    if (step <= stepMs) {
      // Slow corrections add up and are no step.
      this.#anchor = anchor
      return
    }
    this.#anchor = anchor
    this.#samples.clear()
    this.#round.clear()
    this.#roundEndsAt = this.#clock.monotonic()
    this.#roundsLeft = roundsAfterStep
  }

  /** A round ends when half of the members have answered; it counts if they agree with this clock. */
  #countRound(node: NodeId): void {
    this.#round.add(node)
    const now = this.#clock.monotonic()
    if (this.#round.size * 2 < this.#others().length || now < this.#roundEndsAt) return
    this.#round.clear()
    this.#roundEndsAt = now + roundMs
    const offset = this.offset()
    if (offset !== undefined && Math.abs(offset) <= disagreementMs) this.#roundsLeft--
    else this.#roundsLeft = roundsAfterStep
  }
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}
