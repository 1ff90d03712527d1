import { numberOf, optionalNumber } from '../columns.ts'
import { type SqlDatabase } from '../sql.ts'
import { StoreError } from '../store-error.ts'
import { migrations as released } from './index.ts'
import { type Migration } from './migration.ts'

/**
 * Brings a database to the newest schema, one transaction for each step, and says in `schema_versions` when. A database with
 * nothing in it but the account's origin is a new one. `now` is Unix ms.
 * @throws {StoreError} `store.newer-schema`, `store.broken-schema`
 */
export function migrate(database: SqlDatabase, now: number, migrations: readonly Migration[] = released): void {
  const current = currentVersion(database)
  const newest = migrations.at(-1)?.version ?? 0
  if (current > newest) throw new StoreError('store.newer-schema', { version: current, newest })
  for (const migration of migrations.slice(current)) apply(database, migration, now)
}

function currentVersion(database: SqlDatabase): number {
  const tables = database.prepare(
    `SELECT count(*) AS all_tables, sum(name = 'schema_versions') AS versions FROM sqlite_master
    WHERE name != 'account_origin'`,
  )
  const row = tables.get() ?? {}
  if (numberOf(row, 'all_tables') === 0) return 0
  if (numberOf(row, 'versions') === 0) throw new StoreError('store.broken-schema')
  const version = optionalNumber(
    database.prepare('SELECT max(version) AS v FROM schema_versions').get() ?? { v: null },
    'v',
  )
  if (version === undefined || version < 1) throw new StoreError('store.broken-schema')
  return version
}

function apply(database: SqlDatabase, { version, sql }: Migration, now: number): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(sql)
    database.prepare('INSERT INTO schema_versions (version, applied_at) VALUES (?, ?)').run(version, now)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
