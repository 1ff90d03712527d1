import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type Connection, type Statement } from '../sql/connection.ts'
import { accountKey, spaceKey } from '../sql/keys.ts'

/** Accounts and their numbers. */
export class OwnerTable {
  readonly #find: Statement<{ id: number }>
  readonly #insert: Statement<never>
  readonly #release: Statement<never>

  constructor(connection: Connection) {
    this.#find = connection.prepare('SELECT id FROM owners WHERE account = ?')
    this.#insert = connection.prepare('INSERT INTO owners (account, space) VALUES (?, ?)')
    this.#release = connection.prepare(
      `DELETE FROM owners WHERE id = ?
        AND NOT EXISTS (SELECT 1 FROM boxes WHERE owner = owners.id)
        AND NOT EXISTS (SELECT 1 FROM positions WHERE owner = owners.id)
        AND NOT EXISTS (SELECT 1 FROM tombstones WHERE owner = owners.id)
        AND NOT EXISTS (SELECT 1 FROM revocations WHERE owner = owners.id)
        AND NOT EXISTS (SELECT 1 FROM wipes WHERE owner = owners.id)`,
    )
  }

  /** The number of an account that has one. */
  find(owner: SwarmOwner): number | undefined {
    return this.#find.get([accountKey(owner)])?.id
  }

  /** The number of an account, which gets one if it has none. */
  ensure(owner: SwarmOwner): number {
    const account = accountKey(owner)
    return this.#find.get([account])?.id ?? this.#insert.insert([account, spaceKey(owner)])
  }

  /** Forgets an account of which nothing is left. */
  release(id: number): void {
    this.#release.run([id])
  }
}
