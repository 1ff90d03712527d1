import { type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { type GuardSet } from '../guards/guard-set.ts'
import { NetworkError } from '../network-error.ts'
import { Path } from './path.ts'
import { type PathBuilder, type PathPurpose } from './path-builder.ts'

/** What the paths of a class need of the rest. */
export interface PathSetOptions {
  readonly isolation: string
  readonly builder: PathBuilder
  readonly guards: GuardSet
  readonly dice: Dice
  readonly now: () => number
  readonly monotonic: () => number
  readonly lifeMs: number
  readonly maxPaths: number
  readonly onChange: () => void
}

/** What path a request wants. */
export interface PathWish extends PathPurpose {
  /** Rather another one than this. */
  readonly not?: Path
}

/**
 * The paths of one isolation class: one through each guard in use, and more where those do not suit a destination. They are
 * chosen ahead and used until their time is over. Architecture §4.9.
 */
export class PathSet {
  readonly #options: PathSetOptions
  #paths: readonly Path[] = []
  #last: Path | undefined

  constructor(options: PathSetOptions) {
    this.#options = options
  }

  get paths(): readonly Path[] {
    return this.#paths
  }

  /** The one that was taken last, while it is good; else the one that is likely to be next. */
  get current(): Path | undefined {
    return this.#last !== undefined && this.#paths.includes(this.#last) ? this.#last : this.#paths[0]
  }

  /**
   * A path for one request.
   * @throws {NetworkError} `network.no-nodes`, `network.too-many-guards`
   */
  take(asked: PathWish): Path {
    this.refresh()
    const wish = asked.not === undefined ? asked : { ...asked, unlike: asked.not.hops.slice(1) }
    const ready = this.#paths.filter(path => suits(path, wish))
    const whole = ready.filter(path => path !== wish.not && path.strikes === 0)
    const { dice, guards } = this.#options
    const path =
      dice.pick(whole.filter(({ hops }) => !this.#clashes(hops, wish))) ??
      this.#extra(wish, whole.length > 0) ??
      dice.pick(whole) ??
      dice.pick(leastStruck(ready, wish.not))
    if (path === undefined) {
      throw new NetworkError(guards.isExhausted() ? 'network.too-many-guards' : 'network.no-nodes')
    }
    this.#last = path
    return path
  }

  /** Lets paths go that are over or retired, and chooses one through each guard that has none. */
  refresh(): void {
    const { guards, monotonic } = this.#options
    const usable = guards.usable()
    const isGood = (path: Path): boolean =>
      !path.isRetired && path.expiresAt > monotonic() && usable.some(({ ed25519 }) => ed25519 === path.guard?.ed25519)
    const kept = this.#paths.filter(path => isGood(path))
    const without = usable.filter(guard => !kept.some(path => path.guard?.ed25519 === guard.ed25519))
    const fresh = without.flatMap(guard => this.#build(guard, {}) ?? [])
    if (kept.length === this.#paths.length && fresh.length === 0) return
    this.#paths = [...kept, ...fresh]
    this.#options.onChange()
  }

  /** The list of nodes has changed: paths with nodes that are gone or have moved are over. */
  keep(isListed: (node: NodeEntry) => boolean): void {
    const kept = this.#paths.filter(({ hops }) => hops.every(hop => isListed(hop)))
    if (kept.length === this.#paths.length) return
    this.#paths = kept
    this.#options.onChange()
  }

  #clashes(hops: readonly NodeEntry[], wish: PathWish): boolean {
    return this.#options.builder.clashes(hops, wish)
  }

  /** One more path, through another guard than the unwanted one if possible. `onlyPerfect`: there are others that will do. */
  #extra(wish: PathWish, onlyPerfect: boolean): Path | undefined {
    const { guards, dice, maxPaths } = this.#options
    const others = dice.shuffled(guards.usable()).toSorted((a, b) => order(a, wish) - order(b, wish))
    const built = others.flatMap(guard => this.#build(guard, wish) ?? [])
    const path = built.find(({ hops }) => !this.#clashes(hops, wish)) ?? (onlyPerfect ? undefined : built[0])
    if (path === undefined) return undefined
    this.#paths = [...this.#paths, path].slice(-maxPaths)
    this.#options.onChange()
    return path
  }

  #build(guard: NodeEntry, purpose: PathPurpose): Path | undefined {
    const { builder, isolation, dice, lifeMs, monotonic, now } = this.#options
    const hops = builder.build(guard, purpose)
    if (hops === undefined) return undefined
    return new Path({ isolation, hops, builtAt: Math.round(now()), expiresAt: monotonic() + dice.about(lifeMs) })
  }
}

function suits(path: Path, { destination }: PathWish): boolean {
  return destination === undefined || !path.has(destination)
}

function order({ ed25519 }: NodeEntry, { not }: PathWish): number {
  return ed25519 === not?.guard?.ed25519 ? 1 : 0
}

/** Of paths that all have a flaw, those with the least. */
function leastStruck(paths: readonly Path[], not: Path | undefined): readonly Path[] {
  const flaw = (path: Path): number => path.strikes + (path === not ? 0.5 : 0)
  const least = Math.min(...paths.map(path => flaw(path)))
  return paths.filter(path => flaw(path) === least)
}
