import { type RandomBytes } from '@sotto/protocol/crypto'
import { SottoError } from '@sotto/protocol/error'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { type SleepingClock } from '../../clock/clock.ts'
import { randomBetween } from '../../clock/random-number.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type SwarmLimits } from '../forward/swarm-limits.ts'
import { type PeerConduct } from '../peer-conduct.ts'
import { type Repair } from './repair.ts'
import { ringOf } from './directory-ring.ts'
import { swarmRange } from './swarm-range.ts'

/** What the schedule needs. */
export interface RepairScheduleParts {
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly directory: NodeDirectory
  readonly served: ServedSwarm
  readonly repair: Repair
  readonly conduct: PeerConduct
  readonly limits: SwarmLimits
  readonly stopped: AbortSignal
  /** Told of each comparison that was finished, with the number of messages that came. */
  readonly onRepaired: (messages: number) => void
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/**
 * Compares with every other member at the start, after swarm changes, when a member comes back, and every few minutes.
 * Spec 70, D9.
 */
export class RepairSchedule {
  readonly #parts: RepairScheduleParts
  readonly #running = new Map<NodeId, Promise<void>>()
  #again: AbortController | undefined
  #isComplete = false
  #round: Promise<void> = Promise.resolve()

  constructor(parts: RepairScheduleParts) {
    this.#parts = parts
  }

  /** Whether this node was compared once with every member that can be reached, since it is in its swarm. Spec 21 §2. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  start(): void {
    this.#round = this.#run()
  }

  /** The node has another swarm now: nothing is complete, and a new round begins. */
  swarmChanged(): void {
    this.#isComplete = false
    this.#again?.abort()
  }

  /** Others have joined: a new round begins. */
  membersChanged(): void {
    this.#again?.abort()
  }

  /** A member is back: it may have what this node misses. */
  returned(member: NodeId): void {
    if (!this.#parts.stopped.aborted) void this.#pull(member)
  }

  /** Ends when nothing runs any more. The signal must have aborted. */
  async stopped(): Promise<void> {
    await Promise.all([this.#round, ...this.#running.values()])
  }

  async #run(): Promise<void> {
    const { served, stopped } = this.#parts
    while (!stopped.aborted) {
      this.#again = new AbortController()
      const swarm = served.own()?.swarmId
      for (const member of served.others()) await this.#pull(member)
      this.#isComplete ||= swarm !== undefined && served.own()?.swarmId === swarm
      await this.#pause(this.#again.signal)
    }
  }

  async #pause(again: AbortSignal): Promise<void> {
    const { clock, random, limits, stopped } = this.#parts
    const wait = new AbortController()
    const end = (): void => wait.abort()
    for (const signal of [again, stopped]) signal.addEventListener('abort', end)
    if (again.aborted || stopped.aborted) wait.abort()
    try {
      await clock.sleep(limits.repairMs + randomBetween(random, 0, limits.repairJitterMs), wait.signal)
    } catch {
      // Over early: something has changed, or everything stops.
    } finally {
      for (const signal of [again, stopped]) signal.removeEventListener('abort', end)
    }
  }

  /** One comparison with a member at a time. */
  #pull(member: NodeId): Promise<void> {
    const known = this.#running.get(member)
    if (known !== undefined) return known
    const running = this.#compare(member).finally(() => this.#running.delete(member))
    this.#running.set(member, running)
    return running
  }

  async #compare(member: NodeId): Promise<void> {
    const { directory, served, repair, conduct, stopped, onRepaired, onFailure } = this.#parts
    const own = served.own()
    if (own === undefined || !served.others().includes(member) || conduct.isShunned(member)) return
    try {
      onRepaired(await repair.pull(member, swarmRange(ringOf(directory).ids, own.swarmId)))
    } catch (error) {
      // Members that do not answer or do not want to are no failure of ours.
      if (!(error instanceof SottoError) && !stopped.aborted) onFailure(error)
    }
  }
}
