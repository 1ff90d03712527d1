import { type RandomBytes } from '@sotto/protocol/crypto'
import { type HardFork, type HeldRetrieveParams, type Namespace, type Outcome } from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerPrefix } from '@sotto/protocol/swarm'
import { type SleepingClock } from '../clock/clock.ts'
import { randomBetween } from '../clock/random-number.ts'
import { admitEntries } from './admit-entries.ts'
import { type FilledResults, fillResults, type FillParts } from './fill-results.ts'
import { type HeldLimits } from './held-limits.ts'
import { type HeldPorts } from './held-ports.ts'
import { createHolder, entriesOf, type Holder, isEntry, type Release } from './holder.ts'
import { HolderIndex } from './holder-index.ts'
import { ReadCache } from './read-cache.ts'
import { TimerWheel } from './timer-wheel.ts'
import { TokenBucket, TokenBuckets } from './token-bucket.ts'

/** What `HeldRetrieves` needs. */
export interface HeldParts {
  readonly ports: HeldPorts
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly hardFork: HardFork
  readonly limits: HeldLimits
}

/** How long a wake waits for others of the same burst, ms. Spec 21 §1.3. */
const gatherMs = 10
/** More holders than this are answered spread over some time. Spec 21 §3. */
const crowd = 32
const crowdSpreadMs = 50
/** After how many ms a client that was sent away should come back. Spec 21 §6. */
const shedAccountMs = 5_000
const shedNodeMs = [5_000, 30_000] as const
const stopMs = 1_000
const swarmSpreadMs = 2_000
const ticksPerSecond = 4

/**
 * Retrieves that wait for news: the real-time delivery of the network. Wakers are registered before anything is read, so no
 * message slips through between the two; a wake follows the commit, so whoever is woken finds the message. Spec 21.
 */
export class HeldRetrieves {
  readonly #parts: HeldParts
  readonly #index = new HolderIndex()
  readonly #cache: ReadCache
  readonly #stopping = new AbortController()
  readonly #wheel: TimerWheel<Holder>
  readonly #rates: TokenBuckets
  readonly #checks: TokenBucket
  #ticks = 0

  constructor(parts: HeldParts) {
    const { clock, limits, ports } = parts
    this.#parts = parts
    this.#cache = new ReadCache(ports.read, clock, limits.cacheMs, limits.cacheBytes)
    this.#wheel = new TimerWheel(
      clock,
      this.#stopping.signal,
      holder => this.#due(holder),
      () => this.#afterTick(),
    )
    this.#rates = new TokenBuckets(limits.accountRate, limits.accountBurst, limits.maxRatedAccounts)
    this.#checks = new TokenBucket(limits.checkRate, limits.checkBurst, clock.monotonic())
  }

  /** How many requests wait now, for metrics. */
  get waiting(): number {
    return this.#index.holders
  }

  /**
   * Answers at once or when there is news. `signal` tells that nobody waits any more.
   * @throws {StorageError} for requests that are wrong as a whole
   */
  answer(params: HeldRetrieveParams, arrivedAt: number, signal: AbortSignal): Promise<Outcome<'held_retrieve'>> {
    const { promise, resolve } = Promise.withResolvers<Release>()
    const holder = createHolder(params, this.#parts.clock.monotonic(), resolve)
    const answer = this.#answerAtOnce(params, holder, arrivedAt, signal)
    // Whatever waits keeps the holder and nothing of the request.
    return answer === undefined ? this.#wait(holder, promise, signal) : Promise.resolve(answer)
  }

  /** Registers the holder, then reads. `undefined` if it has to wait. */
  #answerAtOnce(
    params: HeldRetrieveParams,
    holder: Holder,
    arrivedAt: number,
    signal: AbortSignal,
  ): Outcome<'held_retrieve'> | undefined {
    const { ports, limits } = this.#parts
    if (this.#stopping.signal.aborted || !ports.isReady()) {
      return { kind: 'refused', status: 503, text: 'Service node is not ready: no holds now\n' }
    }
    const [checks, rates, now] = [this.#checks, this.#rates, holder.arrivedAt]
    const admission = admitEntries(params, holder, { ports, arrivedAt, now, checks, rates })
    if (admission.kind === 'refused') return admission
    holder.slots = admission.slots
    const mayHold = params.holdMs > 0 && holder.slots.every(isEntry)
    if (mayHold) this.#index.add(holder)
    const first = this.#first(holder)
    if (first.hasNews || !mayHold || signal.aborted) {
      return this.#reply(holder, first, { why: first.hasNews ? 'now' : 'time', nextMs: 0 })
    }
    const shed = this.#makeRoom(holder, limits)
    return shed === undefined ? undefined : this.#reply(holder, first, shed)
  }

  /** A message of this account in this namespace was newly inserted and committed, by whatever way it came. Spec 21 §1.3. */
  wake(owner: SwarmOwner, namespace: Namespace): void {
    this.#cache.forget(owner, namespace)
    const holders = this.#index.waitingFor(owner, namespace)
    if (holders.length === 0) return
    const spread = holders.length > crowd ? crowdSpreadMs : 0
    for (const holder of holders) this.#release(holder, { why: 'new', nextMs: 0 })
    void this.#finishWoken(holders, spread)
  }

  /** Tokens of this account were revoked: holders that came by one learn it now. */
  revoked(owner: SwarmOwner): void {
    const { ports } = this.#parts
    for (const holder of this.#index.of(owner)) {
      const isHit = entriesOf(holder).some(
        ({ owner: other, token }) => other === owner && token !== undefined && ports.isRevoked(owner, token),
      )
      if (isHit) this.#end(holder, { why: 'new', nextMs: 0 }, 0)
    }
  }

  /** The directory has changed: holders of accounts that have left learn where to, spread over two seconds. Spec 21 §2. */
  swarmsChanged(): void {
    const { ports, random } = this.#parts
    for (const owner of this.#index.owners()) {
      if (ports.wrongSwarm(owner) === undefined) continue
      for (const holder of this.#index.of(owner)) {
        this.#end(holder, { why: 'swarm', nextMs: 0 }, randomBetween(random, 0, swarmSpreadMs))
      }
    }
  }

  /** Answers everybody within a second; from now on nothing is held. Spec 21 §2. */
  async stop(): Promise<void> {
    const { clock, random } = this.#parts
    if (this.#stopping.signal.aborted) return
    this.#stopping.abort()
    // Some are on their way already and wait for nothing but their delay.
    for (const holder of this.#wheel.items()) if (holder.isReleased) this.#due(holder)
    const holders = [...this.#index.all()]
    const steps = Math.min(10, Math.ceil(holders.length / crowd))
    for (let step = 0; step < steps; step++) {
      const part = holders.slice((step * holders.length) / steps, ((step + 1) * holders.length) / steps)
      for (const holder of part) this.#end(holder, { why: 'stop', nextMs: randomBetween(random, 0, stopMs) }, 0)
      if (step + 1 < steps) await clock.sleep(Math.floor(stopMs / steps))
    }
  }

  #first(holder: Holder): FilledResults {
    try {
      return this.#fill(holder, this.#parts.ports.read)
    } catch (error) {
      this.#index.remove(holder)
      throw error
    }
  }

  async #wait(holder: Holder, released: Promise<Release>, signal: AbortSignal): Promise<Outcome<'held_retrieve'>> {
    const leave = (): void => this.#end(holder, { why: 'time', nextMs: 0 }, 0)
    this.#wheel.schedule(holder, holder.endsAt - this.#parts.clock.monotonic())
    signal.addEventListener('abort', leave, { once: true })
    try {
      const release = await released
      return this.#reply(
        holder,
        this.#fill(holder, read => this.#cache.read(read)),
        release,
      )
    } finally {
      signal.removeEventListener('abort', leave)
      this.#remove(holder)
    }
  }

  #fill({ slots }: Holder, read: FillParts['read']): FilledResults {
    const { ports, clock, hardFork } = this.#parts
    return fillResults(slots, { ports, read, now: () => clock.now(), hardFork })
  }

  #reply(holder: Holder, { results }: FilledResults, { why, nextMs }: Release): Outcome<'held_retrieve'> {
    const { clock, hardFork } = this.#parts
    this.#remove(holder)
    const heldMs = Math.max(0, Math.round(clock.monotonic() - holder.arrivedAt))
    const reply = { results, why, heldMs, nextMs: Math.round(nextMs), t: clock.now(), hardFork }
    return { kind: 'reply', method: 'held_retrieve', status: 200, reply }
  }

  /** Lets the oldest of an account go, or says that this one cannot stay. Spec 21 §6. */
  #makeRoom(holder: Holder, limits: HeldLimits): Release | undefined {
    const { random } = this.#parts
    const index = this.#index
    const isFull =
      index.holders > limits.maxHolders ||
      index.entries > limits.maxEntries ||
      index.unsigned > limits.maxUnsigned ||
      entriesOf(holder).filter(({ isSigned }) => !isSigned).length > limits.unsignedPerRequest
    if (isFull) return { why: 'shed', nextMs: randomBetween(random, ...shedNodeMs) }
    for (const owner of new Set(entriesOf(holder).map(entry => entry.owner))) {
      const most = swarmOwnerPrefix(owner) === 0x05 ? limits.holdersPerUser : limits.holdersPerGroup
      const [oldest] = index.of(owner)
      if (index.of(owner).size > most && oldest !== undefined)
        this.#end(oldest, { why: 'shed', nextMs: shedAccountMs }, 0)
    }
    return undefined
  }

  /** From here on the holder answers with this reason, and no wake changes that. */
  #release(holder: Holder, release: Release): void {
    holder.isReleased = true
    holder.release = release
    this.#index.remove(holder)
  }

  /** After `ms`, at once if 0. */
  #end(holder: Holder, release: Release, ms: number): void {
    this.#release(holder, release)
    if (ms > 0 && !this.#stopping.signal.aborted) this.#wheel.schedule(holder, ms)
    else this.#due(holder)
  }

  #due(holder: Holder): void {
    this.#remove(holder)
    holder.finish(holder.release)
  }

  #remove(holder: Holder): void {
    this.#wheel.cancel(holder)
    this.#index.remove(holder)
  }

  /** Ten milliseconds, so that a burst travels together; then whoever asked for a delay has it, the others their answer. */
  async #finishWoken(holders: readonly Holder[], spreadMs: number): Promise<void> {
    const { clock, random } = this.#parts
    const steps = spreadMs === 0 ? 1 : Math.ceil(holders.length / crowd)
    for (let step = 0; step < steps; step++) {
      await clock.sleep(step === 0 ? gatherMs : Math.ceil(spreadMs / steps))
      for (const holder of holders.slice((step * holders.length) / steps, ((step + 1) * holders.length) / steps)) {
        const left = Math.max(0, holder.endsAt - clock.monotonic())
        const delay = holder.delayMs === 0 ? 0 : Math.min(left, randomBetween(random, 0, holder.delayMs))
        if (delay > 0 && !this.#stopping.signal.aborted) this.#wheel.schedule(holder, delay)
        else this.#due(holder)
      }
    }
  }

  #afterTick(): void {
    this.#cache.sweep()
    if (++this.#ticks % ticksPerSecond !== 0 || !this.#parts.ports.isOverloaded()) return
    const { limits, random } = this.#parts
    let left = Math.ceil(this.#index.holders * limits.shedShare)
    for (const holder of this.#index.all()) {
      if (left-- <= 0) return
      this.#end(holder, { why: 'shed', nextMs: randomBetween(random, ...shedNodeMs) }, 0)
    }
  }
}
