import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { pause } from './deadline.ts'
import { Dice } from './dice.ts'
import { type NetworkLimits, productionNetworkLimits } from './limits.ts'
import { NetworkError } from './network-error.ts'
import { type NetworkOptions } from './network-options.ts'
import { NodeNetworks } from './paths/node-networks.ts'
import { PathDoctor } from './paths/path-doctor.ts'
import { PathKeeper } from './paths/path-keeper.ts'
import { type PathView } from './paths/path-view.ts'
import { NodeCaller } from './session/node-caller.ts'
import { Session } from './session/session.ts'
import { type SharedPorts } from './session/session-ports.ts'
import { type SwarmSession } from './session/swarm-session.ts'
import { type SavedState } from './state/saved-state.ts'
import { StateKeeper } from './state/state-keeper.ts'
import { Abilities } from './swarm/abilities.ts'
import { SwarmLookup } from './swarm/swarm-lookup.ts'
import { askTime } from './time/ask-time.ts'
import { MedianTime } from './time/median-time.ts'
import { type NetworkTime } from './time/network-time.ts'
import { ClassGate } from './watch/class-gate.ts'

/** The class of what belongs to no account. Spec 70 §5.4. */
const TIME_CLASS = 'time'
/** How often it is looked whether the device slept, in ms, and by how much its clocks have to disagree then. */
const SLEEP_CHECK_MS = 5000
const SLEPT_MS = 10_000
/** How often guards and second hops are looked after, in ms. */
const MAINTENANCE_MS = 3_600_000

/** The network as one device uses it. Architecture §2, `packages/network`. */
export class Network {
  readonly time: NetworkTime
  readonly #options: NetworkOptions
  readonly #limits: NetworkLimits
  readonly #shared: SharedPorts
  readonly #time: MedianTime
  readonly #state: StateKeeper
  readonly #stopping = new AbortController()
  readonly #sessions = new Map<string, Session>()
  readonly #running: Promise<unknown>[] = []
  #endListening: (() => void) | undefined
  #choseBeforeTime = false

  private constructor(options: NetworkOptions) {
    this.#options = options
    this.#limits = options.limits ?? productionNetworkLimits
    this.#state = new StateKeeper(options.state, () => this.#collect())
    this.#shared = this.#connect(options)
    this.#time = this.#shared.time
    this.time = this.#time
  }

  /** Nothing happens before `start`. */
  static create(options: NetworkOptions): Network {
    return new Network(options)
  }

  /** Loads what was saved, chooses guards and begins to ask for the time. Does not wait for the network. */
  async start(): Promise<void> {
    const { directory } = this.#options
    const { keeper, abilities } = this.#shared
    const saved = await this.#state.load()
    if (saved !== undefined) {
      keeper.restore(saved)
      abilities.restore(saved.abilities)
    }
    this.#choseBeforeTime = keeper.guards.ids.length === 0
    keeper.guards.fill()
    if (keeper.pool.usable().length === 0) keeper.pool.maintain()
    this.#endListening = directory.onChange(() => this.#noteList())
    this.#running.push(
      this.#background(this.#time.run()),
      this.#background(this.#maintain()),
      this.#background(this.#noticeSleep()),
    )
  }

  /** Ends all sessions, and all that runs, and saves. */
  async stop(): Promise<void> {
    this.#endListening?.()
    this.#stopping.abort()
    await Promise.all([...this.#sessions.values()].map(async session => session.closed()))
    await Promise.all(this.#running)
    await this.#state.settled()
  }

  /**
   * One account and isolation class, such as `own:<account>`. The same name gives the same session until it is closed.
   * @throws {NetworkError} `network.stopped`
   */
  session(isolation: string): SwarmSession {
    return this.#session(isolation)
  }

  /** Calls back when a path comes, goes or changes its state; returns what ends that. */
  onPathChange(listener: () => void): () => void {
    return this.#shared.keeper.changes.add(listener)
  }

  /** Whether a node can hold requests, as far as it is known; `undefined` for nodes that are not in the list. Spec 21 §5. */
  canHold(id: NodeId): boolean | undefined {
    const node = this.#options.directory.byId(id)
    return node === undefined ? undefined : this.#shared.abilities.canHold(node)
  }

  /** All paths of all classes. */
  paths(): readonly PathView[] {
    return this.#shared.keeper.views()
  }

  #session(isolation: string): Session {
    if (this.#stopping.signal.aborted) throw new NetworkError('network.stopped')
    const known = this.#sessions.get(isolation)
    if (known !== undefined) return known
    const session = new Session(this.#shared, isolation, () => {
      this.#sessions.delete(isolation)
      this.#shared.keeper.close(isolation)
    })
    this.#sessions.set(isolation, session)
    return session
  }

  #connect(options: NetworkOptions): SharedPorts {
    const { directory, transport, clock, random, isLocal } = options
    const limits = this.#limits
    const dice = new Dice(random)
    const now = (): number => this.#time.now()
    const onChange = (): void => this.#state.touch()
    const keeper = new PathKeeper({ directory, clock, dice, limits, isLocal, now, onChange })
    const ports = { transport, clock, random }
    const { signal } = this.#stopping
    const doctor = new PathDoctor({ ports, keeper, dice, timeoutMs: limits.attemptMs, signal })
    const caller = new NodeCaller(ports, keeper, doctor)
    const abilities = new Abilities({ now, lifeMs: limits.watch.capabilityMs, onChange })
    const networks = new NodeNetworks(isLocal)
    const asking = { directory, clock, dice, networks, limits: limits.time, caller }
    const time = new MedianTime({
      clock,
      dice,
      limits: limits.time,
      ask: async inner =>
        askTime(
          {
            ...asking,
            paths: keeper.open(TIME_CLASS),
            onInfo: (node, capabilities) => {
              if (abilities.isUnknown(node)) abilities.learn(node, capabilities.includes(HELD_RETRIEVE_CAPABILITY))
            },
          },
          inner,
        ),
      onOutlier: id => keeper.strikes.add(id),
      onFirst: offset => this.#correct(offset),
      signal,
    })
    const lookup = new SwarmLookup(directory)
    const gate = new ClassGate(clock, limits.classGapMs)
    return { directory, transport, clock, random, dice, limits, keeper, caller, lookup, abilities, time, gate }
  }

  /** Guards that were chosen before the time was known have times of the device's clock. */
  #correct(offset: number): void {
    if (this.#choseBeforeTime) this.#shared.keeper.guards.correct(offset)
    this.#choseBeforeTime = false
    this.#shared.keeper.maintain()
  }

  #noteList(): void {
    this.#shared.lookup.forget()
    this.#shared.keeper.noteList()
    if (this.#time.isSettled()) this.#shared.keeper.maintain()
    for (const session of this.#sessions.values()) session.noteList()
  }

  async #maintain(): Promise<never> {
    for (;;) {
      await pause(this.#options.clock, MAINTENANCE_MS, this.#stopping.signal)
      if (this.#time.isSettled()) this.#shared.keeper.maintain()
    }
  }

  /**
   * While a device sleeps its monotonic clock and its timers may stand still, and connections die unnoticed: what is held
   * then would wait for nothing. Spec 21, trap 5.
   */
  async #noticeSleep(): Promise<never> {
    const { clock } = this.#options
    for (;;) {
      const before = clock.now() - clock.monotonic()
      await pause(clock, SLEEP_CHECK_MS, this.#stopping.signal)
      if (clock.now() - clock.monotonic() - before < SLEPT_MS) continue
      for (const session of this.#sessions.values()) session.poke()
    }
  }

  /** What runs until the end. Only the end may end it. */
  async #background(work: Promise<never>): Promise<void> {
    try {
      await work
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error
    }
  }

  #collect(): SavedState {
    const { keeper, abilities } = this.#shared
    const pool = keeper.pool.saved()
    return { ...keeper.guards.saved(), pool, strikes: keeper.strikes.saved(), abilities: abilities.saved() }
  }
}
