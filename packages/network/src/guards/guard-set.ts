import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { type GuardLimits } from '../limits.ts'
import { type NodeNetworks } from '../paths/node-networks.ts'
import { type FormerGuard, type SavedGuard, stateBounds } from '../state/saved-state.ts'

/** What guards need of the rest. */
export interface GuardSetOptions {
  readonly directory: NodeDirectory
  readonly dice: Dice
  readonly networks: NodeNetworks
  readonly limits: GuardLimits
  /** Unix ms of the network. */
  readonly now: () => number
  readonly monotonic: () => number
  readonly onChange: () => void
}

/** A guard that did not answer, until when it rests. */
interface Suspension {
  /** Monotonic ms. */
  readonly until: number
  readonly failures: number
}

/** Before a new guard is chosen each of those that are down has failed so often. */
const FAILURES_UNTIL_DOWN = 3

/**
 * The few nodes that see the address of this device. They are chosen once and kept for months; one that is down only rests.
 * No node becomes a guard because it once was another hop. Spec 70 §5.2.
 */
export class GuardSet {
  readonly #options: GuardSetOptions
  readonly #suspended = new Map<NodeId, Suspension>()
  #guards: readonly SavedGuard[] = []
  #former: readonly FormerGuard[] = []
  #allDownSince: number | undefined

  constructor(options: GuardSetOptions) {
    this.#options = options
  }

  /** Ids of all guards, spare ones included, the most wanted first. */
  get ids(): readonly NodeId[] {
    return this.#guards.map(({ id }) => id)
  }

  /**
   * The guards to go through now: the two first of those that are up. If none is, those that rest, because one of them may be
   * up again; and another one is chosen if that lasts and is allowed.
   */
  usable(): readonly NodeEntry[] {
    const { limits } = this.#options
    const listed = this.#listed()
    const up = listed.filter(({ ed25519 }) => !this.#isSuspended(ed25519))
    if (up.length > 0) return up.slice(0, limits.primary)
    if (this.#isLastingOutage() && this.#choose()) {
      this.#allDownSince = undefined
      return this.#listed().slice(-1)
    }
    return listed.toSorted((a, b) => this.#restUntil(a) - this.#restUntil(b)).slice(0, limits.primary)
  }

  /** Whether another guard would be needed, and choosing one so soon is not allowed. */
  isExhausted(): boolean {
    return this.#isLastingOutage() && !this.#mayChoose()
  }

  /** It answered. */
  succeeded(id: NodeId): void {
    this.#suspended.delete(id)
    this.#allDownSince = undefined
  }

  /** It takes no connections, or says that it is not ready. */
  failed(id: NodeId): void {
    if (!this.ids.includes(id)) return
    const { limits, monotonic } = this.#options
    const failures = (this.#suspended.get(id)?.failures ?? 0) + 1
    const rest = Math.min(limits.maxSuspendMs, limits.suspendMs * 2 ** Math.min(failures - 1, 30))
    this.#suspended.set(id, { until: monotonic() + rest, failures })
    const allDown = this.#guards.every(guard => this.#suspended.has(guard.id))
    if (allDown) this.#allDownSince ??= monotonic()
  }

  /** The network of this device has changed, or it woke: nobody rests any more. */
  forgive(): void {
    this.#suspended.clear()
    this.#allDownSince = undefined
  }

  /** Chooses those that are missing. Once at the start, and after others were given up. */
  fill(): void {
    const { primary, spare } = this.#options.limits
    while (this.#guards.length < primary + spare && this.#choose());
  }

  /** Looks at a new list: notes who is missing in it. Called once for each list. */
  noteList(): void {
    const { directory, now, onChange } = this.#options
    this.#guards = this.#guards.map(guard => {
      if (directory.byId(guard.id) !== undefined) return { ...guard, absentSince: 0, absentLists: 0 }
      const absentSince = guard.absentLists === 0 ? now() : guard.absentSince
      return { ...guard, absentSince, absentLists: guard.absentLists + 1 }
    })
    onChange()
  }

  /** Gives up those whose time is over or that are gone for good, as far as others may be chosen in their place. */
  maintain(): void {
    const { limits, now } = this.#options
    this.#former = this.#former.filter(({ until }) => until > now() - limits.windowMs)
    this.#guards = this.#guards.map(guard => this.#inTime(guard))
    for (const guard of this.#guards) {
      const isOver = guard.until <= now()
      const isGone = guard.absentLists >= 2 && now() - guard.absentSince >= limits.absentMs
      if (!(isOver || isGone) || !this.#mayChoose() || this.#candidates().length === 0) continue
      this.#guards = this.#guards.filter(each => each !== guard)
      this.#former = [...this.#former, { id: guard.id, until: now() }].slice(-stateBounds.former)
      if (this.#guards.length < limits.primary + limits.spare) this.#choose()
    }
    this.fill()
  }

  /** The guards were chosen with a clock that was wrong by this much. */
  correct(offset: number): void {
    const shift = (time: number): number => Math.max(0, Math.round(time + offset))
    this.#guards = this.#guards.map(guard => ({ ...guard, since: shift(guard.since), until: shift(guard.until) }))
    this.#options.onChange()
  }

  saved(): { readonly guards: readonly SavedGuard[]; readonly former: readonly FormerGuard[] } {
    return { guards: this.#guards, former: this.#former }
  }

  restore(guards: readonly SavedGuard[], former: readonly FormerGuard[]): void {
    this.#guards = guards
    this.#former = former
  }

  /** One that seems to stay longer than any may was chosen by a wrong clock. */
  #inTime(guard: SavedGuard): SavedGuard {
    const { limits, now } = this.#options
    const longest = now() + limits.lifeMs + limits.lifeJitterMs
    return guard.until <= longest ? guard : { ...guard, since: now(), until: longest }
  }

  #listed(): readonly NodeEntry[] {
    return this.#guards.flatMap(({ id }) => this.#options.directory.byId(id) ?? [])
  }

  #isSuspended(id: NodeId): boolean {
    const suspension = this.#suspended.get(id)
    return suspension !== undefined && suspension.until > this.#options.monotonic()
  }

  #restUntil({ ed25519 }: NodeEntry): number {
    return this.#suspended.get(ed25519)?.until ?? 0
  }

  #isLastingOutage(): boolean {
    const { limits, monotonic } = this.#options
    if (this.#allDownSince === undefined || monotonic() - this.#allDownSince < limits.allDownMs) return false
    return this.#guards.every(({ id }) => (this.#suspended.get(id)?.failures ?? 0) >= FAILURES_UNTIL_DOWN)
  }

  /** Few different ones in any stretch of time, whatever happens: otherwise one only has to make guards fail. */
  #mayChoose(): boolean {
    const { limits, now } = this.#options
    const recent = this.#former.filter(({ until }) => until > now() - limits.windowMs)
    const different = new Set([...this.ids, ...recent.map(({ id }) => id)])
    return different.size < limits.maxDifferent
  }

  #candidates(): readonly NodeEntry[] {
    const { directory, networks } = this.#options
    const taken = networks.keysOf(this.#listed())
    const known = new Set([...this.ids, ...this.#former.map(({ id }) => id)])
    return directory
      .list()
      .nodes.filter(node => node.state === 'active' && !known.has(node.ed25519) && !taken.has(networks.keyOf(node)))
  }

  #choose(): boolean {
    const { dice, limits, now, onChange } = this.#options
    const node = this.#mayChoose() ? dice.pick(this.#candidates()) : undefined
    if (node === undefined) return false
    const since = now()
    const until = Math.round(
      since + dice.between(limits.lifeMs - limits.lifeJitterMs, limits.lifeMs + limits.lifeJitterMs),
    )
    this.#guards = [...this.#guards, { id: node.ed25519, since, until, absentSince: 0, absentLists: 0 }]
    onChange()
    return true
  }
}
