import { type NamespaceScope } from '@sotto/protocol/storage'
import { WIPE_MEMORY_MS } from '../limits.ts'
import { type Connection, type Statement } from '../sql/connection.ts'

/** No namespace has this number. */
const ALL_NAMESPACES = 32768

/** When everything in a scope was last deleted, by the signed time, so that a captured request does nothing. Spec 70 §6.4. */
export class WipeTable {
  readonly #put: Statement<never>
  readonly #oldest: Statement<{ owner: number; scope: number }>
  readonly #remove: Statement<never>
  readonly #forget: Statement<never>

  constructor(connection: Connection) {
    this.#put = connection.prepare(
      `INSERT INTO wipes (owner, scope, timestamp, until) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET timestamp = excluded.timestamp, until = excluded.until
        WHERE excluded.timestamp > wipes.timestamp`,
    )
    this.#oldest = connection.prepare('SELECT owner, scope FROM wipes WHERE until <= ? ORDER BY until LIMIT ?')
    this.#remove = connection.prepare('DELETE FROM wipes WHERE owner = ? AND scope = ?')
    this.#forget = connection.prepare('DELETE FROM wipes WHERE owner = ?')
  }

  /** Whether this is later than the last one, which it then becomes. Both times are Unix ms. */
  advance(owner: number, scope: NamespaceScope, timestamp: number, now: number): boolean {
    const number = scope === 'all' ? ALL_NAMESPACES : scope
    return this.#put.run([owner, number, timestamp, Math.max(timestamp, now) + WIPE_MEMORY_MS]) > 0
  }

  /** Drops those of an account. */
  forget(owner: number): void {
    this.#forget.run([owner])
  }

  /** Forgets up to `count` that are over. Answers whose they were. */
  prune(now: number, count: number): readonly number[] {
    const over = this.#oldest.all([now, count])
    for (const { owner, scope } of over) this.#remove.run([owner, scope])
    return over.map(({ owner }) => owner)
  }
}
