import { CONNECTION_TOPIC, type EngineContext, PLACE_TOPIC } from '../engine/context.ts'
import { type PathDestination, pathHop, type PathView } from './path-view.ts'

/** Announced when what `PathBoard` shows changes. */
export const PATH_TOPIC = 'path'

/** A first path that is shorter is as good as none. Spec 50 §11. */
const MIN_HOPS = 2

/** What is known of the paths of one account. */
export class PathBoard {
  readonly #context: EngineContext
  #view: PathView
  #shown: string

  constructor(context: EngineContext) {
    this.#context = context
    const shown = look(context)
    this.#shown = JSON.stringify(shown)
    this.#view = { ...shown, changedAt: context.time.now() }
  }

  get view(): PathView {
    return this.#view
  }

  /** Looks again whenever something may have changed; returns what ends that. */
  follow(): () => void {
    const { store, swarm } = this.#context
    const note = (): void => this.#note()
    const endPaths = swarm.onPathChange(note)
    const endTopics = store.onChange(topics => {
      if (topics.has(CONNECTION_TOPIC) || topics.has(PLACE_TOPIC)) note()
    })
    return () => {
      endPaths()
      endTopics()
    }
  }

  #note(): void {
    const seen = look(this.#context)
    const shown = JSON.stringify(seen)
    if (shown === this.#shown) return
    this.#shown = shown
    this.#view = { ...seen, changedAt: this.#context.time.now() }
    this.#context.store.announce(PATH_TOPIC)
  }
}

function look({ connection, place, swarm }: EngineContext): Omit<PathView, 'changedAt'> {
  const where = place()
  const paths = swarm.paths()
  const current = where?.path ?? swarm.path()
  const hops = current?.hops.map(hop => pathHop(hop)) ?? []
  const destination = where && destinationOf(where)
  const { kind } = connection()
  if (kind === 'waiting') return { state: 'offline', usable: 0, hops, destination }
  if (kind === 'connecting') return { state: paths.length === 0 ? 'none' : 'building', usable: 0, hops, destination }
  const isUsable = ({ state, hops: { length } }: (typeof paths)[number]): boolean =>
    state !== 'failing' && length >= MIN_HOPS
  const isShort = current !== undefined && current.hops.length < MIN_HOPS
  return { state: 'ready', usable: isShort ? 0 : paths.filter(path => isUsable(path)).length, hops, destination }
}

function destinationOf({ member, members: size }: NonNullable<ReturnType<EngineContext['place']>>): PathDestination {
  return member === undefined
    ? { kind: 'swarm', size }
    : { kind: 'swarm', size, member: { ip: member.ip, node: member.ed25519 } }
}
