import { formatRequest } from '@sotto/protocol/storage'
import { type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { NetworkError } from '../network-error.ts'
import { padToBucket } from '../onion/padded-size.ts'
import { type OnionPorts, sendOnion } from '../onion/send-onion.ts'
import { routeTo } from './onion-path.ts'
import { type Path } from './path.ts'
import { type PathKeeper } from './path-keeper.ts'

/** What finding the culprit needs of the rest. */
export interface PathDoctorOptions {
  readonly ports: OnionPorts
  readonly keeper: PathKeeper
  readonly dice: Dice
  readonly timeoutMs: number
  /** Ends all examinations. */
  readonly signal: AbortSignal
}

/** Examinations that run at a time. */
const MAX_PATIENTS = 4

/**
 * Finds out which hop of a failing path is dead: asks one after another for `info`, which says nothing about anybody, each
 * through those before it. Spec 20, traps 21 and 25.
 */
export class PathDoctor {
  readonly #options: PathDoctorOptions
  readonly #patients = new Set<Path>()

  constructor(options: PathDoctorOptions) {
    this.#options = options
  }

  /** In the background; a path that is being examined or was given up is left alone. */
  examine(path: Path): void {
    if (path.isRetired || this.#patients.has(path) || this.#patients.size >= MAX_PATIENTS) return
    this.#patients.add(path)
    this.#examine(path)
      .catch((error: unknown) => {
        if (!(error instanceof NetworkError)) throw error
      })
      .finally(() => this.#patients.delete(path))
  }

  async #examine(path: Path): Promise<void> {
    for (const [at, hop] of path.hops.entries()) {
      if (path.isRetired) return
      if (await this.#answers(path.hops.slice(0, at), hop)) continue
      this.#options.keeper.blameLink(path, at)
      return
    }
  }

  async #answers(before: readonly NodeEntry[], hop: NodeEntry): Promise<boolean> {
    const { ports, dice, timeoutMs, signal } = this.#options
    const { path, options } = routeTo(before, hop, dice)
    const payload = padToBucket(formatRequest({ method: 'info', params: {} }), path, options, 'request')
    const guard = before[0] ?? hop
    const { kind } = await sendOnion({ path, guard, payload, options, timeoutMs, signal }, ports)
    return kind === 'answered' || kind === 'unsent'
  }
}
