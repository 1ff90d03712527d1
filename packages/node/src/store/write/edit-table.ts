import { type Connection, type Statement } from '../sql/connection.ts'

/**
 * When owners changed the expiry of their messages, by the clock of the member that they asked, Unix ms. Of two members that
 * do not agree on an expiry, the one with the later change is right. Spec 70, D5.
 */
export class EditTable {
  readonly #find: Statement<{ edited: number }>
  readonly #put: Statement<never>
  readonly #remove: Statement<never>

  constructor(connection: Connection) {
    this.#find = connection.prepare('SELECT edited FROM edits WHERE owner = ? AND hash = ?')
    this.#put = connection.prepare(
      'INSERT INTO edits (owner, hash, edited) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET edited = excluded.edited',
    )
    this.#remove = connection.prepare('DELETE FROM edits WHERE owner = ? AND hash = ?')
  }

  /** 0 if nobody has. */
  find(owner: number, hash: Uint8Array): number {
    return this.#find.get([owner, hash])?.edited ?? 0
  }

  put(owner: number, hash: Uint8Array, edited: number): void {
    this.#put.run([owner, hash, edited])
  }

  /** The message is gone. */
  remove(owner: number, hash: Uint8Array): void {
    this.#remove.run([owner, hash])
  }
}
