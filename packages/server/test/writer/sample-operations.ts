import type { Database, Migration, Operations } from '@sotto/server'

/** What the tests let a writer do. */
export const operations = {
  insert: (database: Database, { id, data }: { readonly id: number; readonly data: Uint8Array }) =>
    database.prepare('INSERT INTO items (id, data) VALUES (?, ?)').run([id, data]),
  insertThenThrow: (database: Database, { id }: { readonly id: number }) => {
    database.prepare('INSERT INTO items (id, data) VALUES (?, ?)').run([id, new Uint8Array()])
    throw new TypeError('a mistake in an operation')
  },
  rollback: (database: Database, { id }: { readonly id: number }) => {
    database.prepare("INSERT OR ROLLBACK INTO items (id, data) VALUES (?, x'')").run([id])
  },
  count: (database: Database) =>
    database.prepare<{ readonly count: number }>('SELECT count(*) AS count FROM items').get()?.count ?? 0,
  leave: () => process.exit(0),
  echo: (_: Database, value: { readonly bytes: Uint8Array; readonly big: bigint }) => value,
} satisfies Operations

/** The schema that they work on. */
export const migrations: readonly Migration[] = [
  'CREATE TABLE items (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
]
