import type { ClosedWord } from '../log/words.ts'
import type { Route } from '../listener/route.ts'
import { jsonReply } from '../listener/reply.ts'

/**
 * Why a server cannot work yet, or no more. `Reason` is a closed list of words, such as `'registry-empty' | 'stopping'`.
 */
export class Health<Reason extends string> {
  readonly #reasons: Set<ClosedWord<Reason>>

  /** Starts with these reasons; they are cleared as the parts of the server come up. */
  constructor(reasons: readonly ClosedWord<Reason>[] = []) {
    this.#reasons = new Set(reasons)
  }

  /** Whether nothing stands in the way. */
  get ready(): boolean {
    return this.#reasons.size === 0
  }

  /** What stands in the way, oldest first. */
  get reasons(): readonly ClosedWord<Reason>[] {
    return [...this.#reasons]
  }

  /** From now on this stands in the way. */
  block(reason: ClosedWord<Reason>): void {
    this.#reasons.add(reason)
  }

  /** This does not stand in the way any more. */
  clear(reason: ClosedWord<Reason>): void {
    this.#reasons.delete(reason)
  }
}

/** For `GET /health`: 200 `{"ready":true,"reasons":[]}`, or 503 with the reasons. */
export function healthRoute(health: { readonly ready: boolean; readonly reasons: readonly string[] }): Route {
  return {
    maxBodyBytes: 0,
    handle: () => jsonReply(health.ready ? 200 : 503, { ready: health.ready, reasons: health.reasons }),
  }
}
