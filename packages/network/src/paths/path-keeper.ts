import { type OnionFailure, type OnionFault } from '@sotto/protocol/onion'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { GuardSet } from '../guards/guard-set.ts'
import { HopPool } from '../guards/hop-pool.ts'
import { type NetworkLimits } from '../limits.ts'
import { Listeners } from '../listeners.ts'
import { type Clock } from '../ports/clock.ts'
import { type SavedState } from '../state/saved-state.ts'
import { pathFailureOf } from './blame.ts'
import { NodeNetworks } from './node-networks.ts'
import { type Path } from './path.ts'
import { PathBuilder } from './path-builder.ts'
import { PathSet } from './path-set.ts'
import { type PathView } from './path-view.ts'
import { Strikes } from './strikes.ts'

/** What keeping paths needs of the rest. */
export interface PathKeeperOptions {
  readonly directory: NodeDirectory
  readonly clock: Clock
  readonly dice: Dice
  readonly limits: NetworkLimits
  readonly isLocal: boolean
  /** Unix ms of the network. */
  readonly now: () => number
  /** Something worth saving has changed. */
  readonly onChange: () => void
}

/** Guards, second hops and strikes of the device, and the paths of all classes. */
export class PathKeeper {
  readonly guards: GuardSet
  readonly pool: HopPool
  readonly strikes: Strikes
  readonly changes = new Listeners()
  readonly #options: PathKeeperOptions
  readonly #builder: PathBuilder
  readonly #sets = new Map<string, PathSet>()

  constructor(options: PathKeeperOptions) {
    const { directory, clock, dice, limits, isLocal, now, onChange } = options
    this.#options = options
    const networks = new NodeNetworks(isLocal)
    const monotonic = (): number => clock.monotonic()
    this.strikes = new Strikes({ now, limit: limits.nodeStrikes, avoidMs: limits.avoidMs, onChange })
    const isAvoided = (id: NodeId): boolean => this.strikes.isAvoided(id)
    const shared = { directory, dice, networks, now, onChange, limits: limits.guards }
    this.guards = new GuardSet({ ...shared, monotonic })
    const guards = (): readonly NodeId[] => this.guards.ids
    this.pool = new HopPool({ ...shared, guards, isAvoided })
    const secondHops = (): readonly NodeEntry[] => this.pool.usable()
    this.#builder = new PathBuilder({ directory, dice, networks, hops: limits.hops, guards, secondHops, isAvoided })
  }

  /** The paths of a class, ready to be used. */
  open(isolation: string): PathSet {
    const known = this.#sets.get(isolation)
    if (known !== undefined) return known
    const { clock, dice, limits, now } = this.#options
    const set = new PathSet({
      isolation,
      builder: this.#builder,
      guards: this.guards,
      dice,
      now,
      monotonic: () => clock.monotonic(),
      lifeMs: limits.pathLifeMs,
      maxPaths: limits.pathsPerClass,
      onChange: () => this.changes.tell(),
    })
    this.#sets.set(isolation, set)
    set.refresh()
    return set
  }

  /** Nobody of this class asks any more. */
  close(isolation: string): void {
    if (this.#sets.delete(isolation)) this.changes.tell()
  }

  views(): readonly PathView[] {
    return [...this.#sets.values()].flatMap(({ paths }) => paths.map(path => path.view()))
  }

  /** Looks after what ages: guards, second hops. Only once the time is known: a wrong clock would replace them all. */
  maintain(): void {
    this.guards.maintain()
    this.pool.maintain()
  }

  /** The list of nodes has changed. Ends paths with nodes that are gone; `maintain` finds others in their place. */
  noteList(): void {
    this.guards.noteList()
    const { directory } = this.#options
    const isListed = ({ ed25519, ip, httpsPort }: NodeEntry): boolean => {
      const now = directory.byId(ed25519)
      return now !== undefined && now.ip === ip && now.httpsPort === httpsPort
    }
    for (const set of this.#sets.values()) set.keep(isListed)
  }

  /** A request came back. */
  succeeded(path: Path): void {
    if (path.guard !== undefined) this.guards.succeeded(path.guard.ed25519)
    for (const { ed25519 } of path.hops) this.strikes.clear(ed25519)
    if (path.worked()) this.changes.tell()
  }

  /** A request did not. Returns whether nobody knows why, so that the hops should be tried one by one. */
  failed(path: Path, failure: OnionFailure, fault: OnionFault): boolean {
    if (fault.kind === 'request' || fault.kind === 'server' || fault.kind === 'answered') return false
    path.broke(pathFailureOf(failure, fault, Math.round(this.#options.now())))
    if (fault.kind === 'proven' || fault.kind === 'suspected') this.blame(path, fault.at)
    if (fault.kind === 'busy') path.isRetired = true
    if (fault.kind === 'unknown') {
      path.strikes += 1
      this.#suspectGuard(path)
      if (path.strikes >= this.#options.limits.pathStrikes) path.isRetired = true
    }
    this.changes.tell()
    return fault.kind === 'unknown' && !path.isRetired
  }

  /** A hop is at fault, as far as one can know; the destination gets its strike from whoever asked it. */
  blame(path: Path, at: number): void {
    const hop = path.hops[at]
    if (hop === undefined) return
    path.isRetired = true
    if (at === 0) this.guards.failed(hop.ed25519)
    this.strike(path, hop.ed25519)
    this.pool.maintain()
  }

  /**
   * Nothing comes back from beyond this hop: it is dead, or the one before it does not pass on what it should. Both get a
   * strike; the first success of whoever is honest takes it back.
   */
  blameLink(path: Path, at: number): void {
    const before = path.hops[at - 1]
    if (before !== undefined) this.strike(path, before.ed25519)
    this.blame(path, at)
  }

  /** Each path gives a node one strike at most. */
  strike(path: Path, id: NodeId): void {
    if (path.struck.has(id)) return
    path.struck.add(id)
    this.strikes.add(id)
  }

  /** A guard whose paths all fail is as good as down, even if it takes connections. */
  #suspectGuard(path: Path): void {
    const { guard } = path
    if (guard === undefined) return
    this.strike(path, guard.ed25519)
    if (this.strikes.isAvoided(guard.ed25519)) this.guards.failed(guard.ed25519)
  }

  restore({ guards, former, pool, strikes }: SavedState): void {
    this.guards.restore(guards, former)
    this.pool.restore(pool)
    this.strikes.restore(strikes)
  }
}
