import { type Connection, type Statement } from '../sql/connection.ts'
import { type Totals } from './totals.ts'

/** What holds a deleted or shortened message back. Both times are Unix ms. */
export interface Tombstone {
  readonly since: number
  readonly until: number
}

/** Messages that were deleted, or made to end earlier, so that copies of others do not undo that. Spec 70, X7, D5. */
export class TombstoneTable {
  readonly #totals: Totals
  readonly #max: number
  readonly #find: Statement<Tombstone>
  readonly #insert: Statement<never>
  readonly #update: Statement<never>
  readonly #remove: Statement<never>
  readonly #oldest: Statement<{ owner: number; hash: Uint8Array; until: number }>
  readonly #forget: Statement<never>

  constructor(connection: Connection, totals: Totals, max: number) {
    this.#totals = totals
    this.#max = max
    this.#find = connection.prepare('SELECT since, until FROM tombstones WHERE owner = ? AND hash = ? AND until > ?')
    this.#insert = connection.prepare(
      'INSERT OR IGNORE INTO tombstones (owner, hash, since, until) VALUES (?, ?, ?, ?)',
    )
    this.#update = connection.prepare(
      'UPDATE tombstones SET since = max(since, ?), until = max(until, ?) WHERE owner = ? AND hash = ?',
    )
    this.#remove = connection.prepare('DELETE FROM tombstones WHERE owner = ? AND hash = ?')
    this.#oldest = connection.prepare('SELECT owner, hash, until FROM tombstones ORDER BY until LIMIT ?')
    this.#forget = connection.prepare(
      'DELETE FROM tombstones WHERE owner = ? AND hash IN (SELECT hash FROM tombstones WHERE owner = ? LIMIT ?)',
    )
  }

  /** One that is not over. */
  find(owner: number, hash: Uint8Array, now: number): Tombstone | undefined {
    return this.#find.get([owner, hash, now])
  }

  /** Of two for one message the later times hold. */
  put(owner: number, hash: Uint8Array, { since, until }: Tombstone): void {
    if (this.#insert.run([owner, hash, since, until]) > 0) this.#totals.add({ tombstones: 1 })
    else this.#update.run([since, until, owner, hash])
  }

  clear(owner: number, hash: Uint8Array): void {
    if (this.#remove.run([owner, hash]) > 0) this.#totals.add({ tombstones: -1 })
  }

  /** Forgets up to `count` that are over, or too many. Answers whose they were. */
  prune(now: number, count: number): readonly number[] {
    const excess = this.#totals.read().tombstones - this.#max
    const gone = this.#oldest.all([count]).filter(({ until }, at) => until <= now || at < excess)
    for (const { owner, hash } of gone) this.#remove.run([owner, hash])
    if (gone.length > 0) this.#totals.add({ tombstones: -gone.length })
    return gone.map(({ owner }) => owner)
  }

  /** Drops up to `count` of an account, whatever they say. Answers how many. */
  forget(owner: number, count: number): number {
    const gone = this.#forget.run([owner, owner, count])
    if (gone > 0) this.#totals.add({ tombstones: -gone })
    return gone
  }
}
