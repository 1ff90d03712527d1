import { AccountSeed, type DisplayName, parseDisplayName } from '@sotto/protocol/account'
import { type SqlDatabase } from '../store/sql.ts'

/** How an account came to this device. */
export interface AccountOrigin {
  readonly seed: AccountSeed
  /** The name given when the account was made here; one that was restored has its name in its own swarm. */
  readonly name: DisplayName | undefined
  /** Unix ms by the device's clock: when it was made or restored here. */
  readonly createdAt: number
  readonly restored: boolean
}

/** Not part of the schema's history: it stands before it, in every version the same. */
const schema = `CREATE TABLE account_origin (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seed BLOB NOT NULL CHECK (length(seed) = 16),
  name TEXT,
  created_at INTEGER NOT NULL,
  restored INTEGER NOT NULL
) STRICT`

/** Writes the seed into the encrypted database, its only place on the disk. */
export function writeAccountOrigin(database: SqlDatabase, { seed, name, createdAt, restored }: AccountOrigin): void {
  database.exec('BEGIN IMMEDIATE')
  database.exec(schema)
  database
    .prepare('INSERT INTO account_origin (only, seed, name, created_at, restored) VALUES (1, ?, ?, ?, ?)')
    .run(seed.expose(), name ?? null, createdAt, restored ? 1 : 0)
  database.exec('COMMIT')
}

/** `undefined` if it is not there or is none: then this database is not an account's. */
export function readAccountOrigin(database: SqlDatabase): AccountOrigin | undefined {
  const present = database.prepare("SELECT 1 AS one FROM sqlite_schema WHERE name = 'account_origin'").get()
  if (present === undefined) return undefined
  const row = database.prepare('SELECT seed, name, created_at, restored FROM account_origin').get()
  if (row === undefined) return undefined
  const [seed, name, createdAt] = [row['seed'], row['name'], row['created_at']]
  if (!(seed instanceof Uint8Array) || seed.length !== 16 || typeof createdAt !== 'number') return undefined
  const origin = {
    seed: new AccountSeed(seed),
    name: typeof name === 'string' ? parseDisplayName(name) : undefined,
    createdAt,
    restored: row['restored'] === 1,
  }
  seed.fill(0)
  return origin
}
