import { POSITION_MEMORY_MS } from '../limits.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { type Totals } from './totals.ts'

/** Positions of messages that are gone, for those who come back with one as their last hash. Spec 21 §1.2. */
export class PositionTable {
  readonly #totals: Totals
  readonly #max: number
  readonly #insert: Statement<never>
  readonly #update: Statement<never>
  readonly #oldest: Statement<{ owner: number; hash: Uint8Array; until: number }>
  readonly #remove: Statement<never>
  readonly #forget: Statement<never>

  constructor(connection: Connection, totals: Totals, max: number) {
    this.#totals = totals
    this.#max = max
    this.#insert = connection.prepare(
      'INSERT OR IGNORE INTO positions (owner, hash, position, until) VALUES (?, ?, ?, ?)',
    )
    this.#update = connection.prepare('UPDATE positions SET position = ?, until = ? WHERE owner = ? AND hash = ?')
    this.#oldest = connection.prepare('SELECT owner, hash, until FROM positions ORDER BY until LIMIT ?')
    this.#remove = connection.prepare('DELETE FROM positions WHERE owner = ? AND hash = ?')
    this.#forget = connection.prepare(
      'DELETE FROM positions WHERE owner = ? AND hash IN (SELECT hash FROM positions WHERE owner = ? LIMIT ?)',
    )
  }

  /** Remembers a message that went at `goneAt`, Unix ms. */
  remember(owner: number, hash: Uint8Array, position: number, goneAt: number): void {
    const until = goneAt + POSITION_MEMORY_MS
    if (this.#insert.run([owner, hash, position, until]) > 0) this.#totals.add({ positions: 1 })
    else this.#update.run([position, until, owner, hash])
  }

  /** Forgets up to `count` that are over, or too many. Answers whose they were. */
  prune(now: number, count: number): readonly number[] {
    const excess = this.#totals.read().positions - this.#max
    const gone = this.#oldest.all([count]).filter(({ until }, at) => until <= now || at < excess)
    for (const { owner, hash } of gone) this.#remove.run([owner, hash])
    if (gone.length > 0) this.#totals.add({ positions: -gone.length })
    return gone.map(({ owner }) => owner)
  }

  /** Drops up to `count` of an account, whatever they say. Answers how many. */
  forget(owner: number, count: number): number {
    const gone = this.#forget.run([owner, owner, count])
    if (gone > 0) this.#totals.add({ positions: -gone })
    return gone
  }
}
