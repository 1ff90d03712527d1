import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type SleepingClock } from '../clock/clock.ts'
import { normal, pickOne } from './draw.ts'

/** When peers are tested. Times are in ms. Spec 20 §6. */
export interface ReachabilityLimits {
  /** How often is looked whether a test is due. */
  readonly tickMs: number
  /** Between two tests of a random node: mean and standard deviation. */
  readonly meanMs: number
  readonly deviationMs: number
  /** A node that failed n times is tested again after n times this and a random while. */
  readonly retryStepMs: number
  readonly maxRetryMs: number
  /** Failed nodes tested in one tick. */
  readonly maxRetriesPerTick: number
  /** How long a node has to answer. */
  readonly timeoutMs: number
  /** Failed nodes that are remembered. */
  readonly maxFailing: number
}

/** As existing nodes test each other. */
export const defaultReachabilityLimits: ReachabilityLimits = {
  tickMs: 200,
  meanMs: 10_000,
  deviationMs: 3000,
  retryStepMs: 10_000,
  maxRetryMs: 120_000,
  maxRetriesPerTick: 4,
  timeoutMs: 5000,
  maxFailing: 10_000,
}

/** What the tests need. */
export interface ReachabilityParts {
  readonly id: NodeId
  readonly directory: NodeDirectory
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly limits: ReachabilityLimits
  /** Whether the node answers as itself. Never rejects. */
  readonly test: (node: NodeEntry, timeoutMs: number, signal: AbortSignal) => Promise<boolean>
}

/** What the tests have shown. */
export interface ReachabilityStats {
  readonly tested: number
  readonly failed: number
  /** Nodes that did not answer when they were last tested. */
  readonly unreachable: number
}

interface Failure {
  readonly count: number
  /** Monotonic ms. */
  readonly dueAt: number
}

/**
 * Tests from time to time whether other nodes can be reached: one by chance about every ten seconds, and those that failed
 * again, ever more seldom. The results are kept as statistics. Spec 20 §6.
 */
export class Reachability {
  readonly #parts: ReachabilityParts
  readonly #failures = new Map<NodeId, Failure>()
  readonly #running = new Set<Promise<void>>()
  #nextAt: number
  #tested = 0
  #failed = 0

  constructor(parts: ReachabilityParts) {
    this.#parts = parts
    this.#nextAt = parts.clock.monotonic() + this.#pause()
  }

  /** How it stands. */
  get stats(): ReachabilityStats {
    return { tested: this.#tested, failed: this.#failed, unreachable: this.#failures.size }
  }

  /** Tests until the signal aborts, then waits for the tests that run. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, limits } = this.#parts
    try {
      for (;;) {
        await clock.sleep(limits.tickMs, signal)
        this.#tick(signal)
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
    await Promise.all(this.#running)
  }

  #tick(signal: AbortSignal): void {
    const now = this.#parts.clock.monotonic()
    for (const node of [...this.#dueRetries(now), ...this.#dueChoice(now)]) {
      const running = this.#test(node, signal).finally(() => this.#running.delete(running))
      this.#running.add(running)
    }
  }

  /** Nodes that failed and are due, and forgets those that are not listed any more. */
  #dueRetries(now: number): readonly NodeEntry[] {
    const { directory, limits } = this.#parts
    const due: NodeEntry[] = []
    for (const [id, { dueAt, count }] of this.#failures) {
      const node = directory.byId(id)
      if (node === undefined) this.#failures.delete(id)
      else if (dueAt <= now && due.length < limits.maxRetriesPerTick) {
        due.push(node)
        this.#failures.set(id, { count, dueAt: Infinity })
      }
    }
    return due
  }

  #dueChoice(now: number): readonly NodeEntry[] {
    if (now < this.#nextAt) return []
    const { directory, random, id } = this.#parts
    this.#nextAt = now + this.#pause()
    const others = directory.list().nodes.filter(({ ed25519 }) => ed25519 !== id && !this.#failures.has(ed25519))
    const chosen = pickOne(others, random)
    return chosen === undefined ? [] : [chosen]
  }

  async #test(node: NodeEntry, signal: AbortSignal): Promise<void> {
    const { test, limits, clock } = this.#parts
    const passed = await test(node, limits.timeoutMs, signal)
    if (signal.aborted) return
    this.#tested++
    if (passed) return void this.#failures.delete(node.ed25519)
    this.#failed++
    const count = (this.#failures.get(node.ed25519)?.count ?? 0) + 1
    if (count === 1 && this.#failures.size >= limits.maxFailing) return
    const wait = Math.min(limits.maxRetryMs, count * limits.retryStepMs + this.#pause())
    this.#failures.set(node.ed25519, { count, dueAt: clock.monotonic() + wait })
  }

  #pause(): number {
    const { random, limits } = this.#parts
    return Math.max(0, normal(random, limits.meanMs, limits.deviationMs))
  }
}
