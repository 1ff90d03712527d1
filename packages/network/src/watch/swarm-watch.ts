import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { pause } from '../deadline.ts'
import { NetworkError } from '../network-error.ts'
import { type Path } from '../paths/path.ts'
import { findSwarm, noSwarm } from '../session/find-swarm.ts'
import { type SessionPorts } from '../session/session-ports.ts'
import { type Brought, WatchAsker } from './watch-asker.ts'
import { WatchPacing } from './watch-pacing.ts'
import { type Watch, type WatchOptions, type WatchPlace, type WatchState } from './watch-options.ts'

/** Pokes are not closer together, in ms: an aborted request stays at its node until its hold ends. Spec 21, trap 4. */
const MIN_POKE_GAP_MS = 1000
/** Members that are polled at a time. Spec 20 §5. */
const POLLED = 2

/**
 * Watches one account: a held retrieve at one member, changed every few minutes; now and then a question to another one, so
 * that no member can withhold for long; plain polling where nobody can hold. Spec 21 §2, spec 20 §5.
 */
export class SwarmWatch implements Watch {
  readonly #ports: SessionPorts
  readonly #options: WatchOptions
  readonly #asker: WatchAsker
  readonly #pacing: WatchPacing
  readonly #onEnd: () => void
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #ended: Promise<unknown>
  #state: WatchState = { kind: 'connecting' }
  #wake = new AbortController()
  #poked = Number.NEGATIVE_INFINITY
  #member: NodeEntry | undefined
  /** Members that have told all that they have: nothing but news comes from them. */
  #caughtUp: ReadonlySet<NodeId> = new Set()
  #rotateAt = 0
  #path: Path | undefined
  #failures = 0
  #isLive = false
  #members = 0
  #toldPlace = ''

  /** `onEnd` is called when it was stopped. */
  constructor(ports: SessionPorts, options: WatchOptions, onEnd: () => void) {
    this.#ports = ports
    this.#onEnd = onEnd
    this.#options = options
    this.#asker = new WatchAsker(ports, options)
    this.#pacing = new WatchPacing(ports.dice, ports.limits.watch, options.delayed === true)
    this.#signal = AbortSignal.any([ports.closed, this.#stop.signal])
    this.#ended = Promise.all([this.#loop(), this.#loopSecond()])
  }

  get state(): WatchState {
    return this.#state
  }

  get place(): WatchPlace | undefined {
    if (this.#members === 0) return undefined
    const { paths } = this.#ports
    const path = this.#path !== undefined && paths.paths.includes(this.#path) ? this.#path : paths.current
    return { members: this.#members, member: this.#member, path: path?.view() }
  }

  poke(): void {
    const now = this.#ports.clock.monotonic()
    if (now - this.#poked < MIN_POKE_GAP_MS) return
    this.#poked = now
    this.#ports.keeper.guards.forgive()
    this.#failures = 0
    this.#isLive = false
    this.#wake.abort()
  }

  /** The list of nodes has changed: if the member is none any more, another one is asked at once. */
  noteList(): void {
    const members = this.#ports.lookup.known(this.#options.owner)
    if (this.#member === undefined || members.some(({ ed25519 }) => ed25519 === this.#member?.ed25519)) return
    this.#isLive = false
    this.#wake.abort()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.#onEnd()
    await this.#ended
    await this.#asker.settled()
  }

  async #loop(): Promise<void> {
    while (!this.#signal.aborted) {
      this.#wake = new AbortController()
      const wake = this.#wake.signal
      const signal = AbortSignal.any([this.#signal, wake])
      try {
        const waitMs = await this.#turn(signal)
        await pause(this.#ports.clock, waitMs, signal)
      } catch (error) {
        if (!this.#signal.aborted && !wake.aborted) await this.#rest(this.#fail(error), signal)
      }
    }
  }

  /** One request, and how long to wait until the next one. */
  async #turn(signal: AbortSignal): Promise<number> {
    const { abilities, limits, time } = this.#ports
    await time.ready(signal)
    const swarm = await findSwarm(this.#ports, this.#options.owner, { timeoutMs: limits.attemptMs, signal })
    if (swarm.length === 0) throw noSwarm()
    this.#members = swarm.length
    const capable = swarm.filter(node => abilities.canHold(node))
    return capable.length === 0 ? this.#poll(swarm, signal) : this.#hold(swarm, capable, signal)
  }

  async #hold(swarm: readonly NodeEntry[], capable: readonly NodeEntry[], signal: AbortSignal): Promise<number> {
    const { clock, gate, isolation } = this.#ports
    const member = this.#holder(capable)
    const holdMs = this.#isLive ? this.#pacing.holdMs() : 0
    await gate.enter(isolation, signal)
    const start = clock.monotonic()
    const asking = { swarm, member, not: this.#failures > 0 ? this.#path : undefined, signal }
    const brought = await this.#asker.held(asking, holdMs)
    if (brought === 'cannot-hold') {
      this.#member = undefined
      return 0
    }
    this.#succeed({ kind: 'live' }, brought)
    this.#noteCaughtUp(swarm, member)
    this.#isLive = true
    if (brought.nextMs > 0) this.#member = undefined
    return this.#pacing.rearmMs({ ...brought, holdMs, tookMs: clock.monotonic() - start })
  }

  async #poll(swarm: readonly NodeEntry[], signal: AbortSignal): Promise<number> {
    const { dice, gate, isolation } = this.#ports
    this.#member = undefined
    await gate.enter(isolation, signal)
    const members = dice.shuffled(swarm).slice(0, POLLED)
    const outcomes = await Promise.allSettled(members.map(async member => this.#asker.poll({ swarm, member, signal })))
    const brought = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const [best] = brought
    const failed = outcomes.find(outcome => outcome.status === 'rejected')
    if (best === undefined) throw failed?.reason ?? noSwarm()
    this.#succeed({ kind: 'polling' }, best)
    return this.#pacing.pollMs()
  }

  /**
   * The member that holds, or another one when its time is over, it failed, or it is none any more. Rather one that was asked
   * before: the first answer of a member is its whole list, and nothing is held while that is fetched.
   */
  #holder(capable: readonly NodeEntry[]): NodeEntry {
    const { clock, dice, keeper } = this.#ports
    const current = capable.find(({ ed25519 }) => ed25519 === this.#member?.ed25519)
    if (current !== undefined && clock.monotonic() < this.#rotateAt) return current
    const others = capable.filter(({ ed25519 }) => ed25519 !== current?.ed25519)
    const good = others.filter(({ ed25519 }) => !keeper.strikes.isAvoided(ed25519))
    const ready = good.filter(({ ed25519 }) => this.#caughtUp.has(ed25519))
    const next = dice.pick(ready) ?? dice.pick(good) ?? dice.pick(others) ?? current
    if (next === undefined) throw noSwarm()
    this.#member = next
    this.#rotateAt = clock.monotonic() + this.#pacing.rotateMs()
    return next
  }

  #noteCaughtUp(swarm: readonly NodeEntry[], { ed25519 }: NodeEntry): void {
    const known = swarm.map(each => each.ed25519).filter(id => this.#caughtUp.has(id))
    this.#caughtUp = new Set([...known, ed25519])
  }

  #succeed(state: WatchState, { path }: Brought): void {
    this.#failures = 0
    this.#path = path
    this.#set(state)
    this.#tellPlace()
  }

  #tellPlace(): void {
    const { members, member, path } = this.place ?? {}
    const place = JSON.stringify([members, member?.ed25519, path?.hops.map(({ id }) => id)])
    if (place === this.#toldPlace) return
    this.#toldPlace = place
    this.#tell(() => this.#options.onPlace?.())
  }

  /**
   * Another member and path next time, and how long until then, in ms: hardly any the first time, unless somebody
   * refused, then growing pauses.
   */
  #fail(error: unknown): number {
    const { time } = this.#ports
    this.#path = this.#ports.paths.current
    this.#rotateAt = 0
    this.#isLive = false
    this.#failures += 1
    const isRefused = !(error instanceof NetworkError) || error.detail['status'] !== undefined
    const waitMs = this.#pacing.backoffMs(this.#failures, isRefused)
    const reason = error instanceof NetworkError ? { reason: error.code } : {}
    this.#set({ kind: 'waiting', nextTryAt: Math.round(time.now() + waitMs), ...reason })
    return waitMs
  }

  /** Ends early when it is woken. */
  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await pause(this.#ports.clock, ms, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  /** Now and then another member is asked, over another path. What goes wrong here is nobody's concern. */
  async #loopSecond(): Promise<void> {
    const { clock } = this.#ports
    while (!this.#signal.aborted) {
      try {
        await pause(clock, this.#pacing.secondMs(), this.#signal)
        if (this.#member !== undefined) await this.#askSecond(this.#member.ed25519)
      } catch {
        // The next one may do better; the loop that holds reports.
      }
    }
  }

  async #askSecond(holder: NodeId): Promise<void> {
    const { abilities, dice, gate, isolation, lookup } = this.#ports
    const swarm = lookup.known(this.#options.owner)
    const member = dice.pick(swarm.filter(({ ed25519 }) => ed25519 !== holder))
    if (member === undefined) return
    await gate.enter(isolation, this.#signal)
    const asking = { swarm, member, not: this.#path, signal: this.#signal }
    if (!abilities.canHold(member)) await this.#asker.poll(asking)
    else if ((await this.#asker.held(asking, 0)) === 'cannot-hold') await this.#asker.poll(asking)
    this.#noteCaughtUp(swarm, member)
  }

  #set(state: WatchState): void {
    if (state.kind === this.#state.kind && state.kind !== 'waiting') return
    this.#state = state
    this.#tell(() => this.#options.onState?.(state))
  }

  #tell(run: () => void): void {
    try {
      run()
    } catch {
      // Whoever listens reports its own mistakes.
    }
  }
}
