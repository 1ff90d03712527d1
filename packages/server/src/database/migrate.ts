import { DatabaseError } from './database-error.ts'
import type { Database } from './database.ts'

/** One step from a version of the schema to the next: SQL, or a function that needs more than that. */
export type Migration = string | ((database: Database) => void)

/**
 * Brings the schema up to date. `user_version` counts the steps that were made; each is one transaction with its number.
 * Steps that were released are never changed, only new ones added at the end.
 * @throws {DatabaseError} `database.too-new` for a database with more steps than we know
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  for (let version = schemaVersion(database, migrations.length); version < migrations.length; version++) {
    const migration = migrations[version]
    database.transaction(() => {
      if (typeof migration === 'string') database.exec(migration)
      else migration?.(database)
      database.pragma(`user_version = ${version + 1}`)
    })
  }
}

/**
 * How many steps a database has behind it.
 * @throws {DatabaseError} `database.too-new` if they are more than `known`
 */
export function schemaVersion(database: Database, known: number): number {
  const version = Number(database.pragma('user_version'))
  if (version > known) throw new DatabaseError('database.too-new', { version, known })
  return version
}
