import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { migrations } from '../../src/store/migrations/index.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { type SqlDatabase } from '../../src/store/sql.ts'
import { Store } from '../../src/store/store.ts'
import { openPlainDatabase } from '../support/plain-database.ts'
import { schemaOf, storeAsText } from '../support/store-text.ts'

const versions = migrations.map(({ version }) => version)

function versionOf(database: SqlDatabase): unknown {
  return database.prepare('SELECT max(version) AS version FROM schema_versions').get()?.['version']
}

test('steps are numbered', () => {
  expect(versions).toEqual(versions.map((_, at) => at + 1))
})

/** Before a release the files may be written anew (`--update`). After it a step is never edited: another one follows. */
test.for(versions)('schema %i is what its file says', async version => {
  await expect(storeAsText(version)).toMatchFileSnapshot(`../fixtures/schema-${version}.sql`)
})

test.for(versions)('a store of schema %i opens, with everything in it', version => {
  const database = openPlainDatabase()
  database.exec(readFileSync(new URL(`../fixtures/schema-${version}.sql`, import.meta.url), 'utf8'))
  const fresh = openPlainDatabase()
  migrate(fresh, 1)
  const store = Store.open(database, 1)
  expect(versionOf(database)).toBe(migrations.length)
  expect(new Set(schemaOf(database))).toEqual(new Set(schemaOf(fresh)))
  const count = (sql: string): unknown => store.read(reader => reader.get(sql)?.['n'])
  expect(count('SELECT count(*) AS n FROM messages')).toBe(3)
  expect(count('SELECT unread_count AS n FROM conversations')).toBe(1)
  expect(count("SELECT count(*) AS n FROM message_text WHERE message_text MATCH 'hello'")).toBe(2)
  expect(count('SELECT count(*) AS n FROM outbox')).toBe(2)
  store.write(tx => tx.run('DELETE FROM messages'))
  expect(count('SELECT unread_count AS n FROM conversations')).toBe(0)
  expect(count("SELECT count(*) AS n FROM message_text WHERE message_text MATCH 'hello'")).toBe(0)
  expect(count('SELECT count(*) AS n FROM outbox')).toBe(0)
})

test('texts that the old index had still to forget are unknown to the new one', () => {
  const database = openPlainDatabase()
  migrate(database, 1, migrations.slice(0, 4))
  const insert = `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, body)
    VALUES ('a', ?, 'b', x'00', 0, 'text', 'received', 1, ?)`
  for (const [at, body] of ['stays here', 'goes away'].entries()) database.prepare(insert).run(at, body)
  database.exec("INSERT INTO removed_texts (id, body) SELECT id, body FROM messages WHERE body = 'goes away'")
  database.exec("DELETE FROM messages WHERE body = 'goes away'")
  migrate(database, 1)
  expect(database.prepare('SELECT count(*) AS n FROM removed_texts').get()).toEqual({ n: 0 })
  expect(database.prepare("SELECT rowid FROM message_text WHERE message_text MATCH 'away'").all()).toEqual([])
  expect(database.prepare("SELECT rowid FROM message_text WHERE message_text MATCH 'stay*'").all()).toHaveLength(1)
  database.exec("INSERT INTO message_text (message_text, rank) VALUES ('integrity-check', 1)")
})

test('a store of a newer program is left alone, and so is what is no store', () => {
  const newer = openPlainDatabase()
  migrate(newer, 1)
  newer.exec('INSERT INTO schema_versions (version, applied_at) VALUES (99, 1)')
  const before = schemaOf(newer)
  expect(() => Store.open(newer, 1)).toThrow('store.newer-schema')
  expect(schemaOf(newer)).toEqual(before)
  const other = openPlainDatabase()
  other.exec('CREATE TABLE recipes (name TEXT)')
  expect(() => Store.open(other, 1)).toThrow('store.broken-schema')
  const emptied = openPlainDatabase()
  migrate(emptied, 1)
  emptied.exec('DELETE FROM schema_versions')
  expect(() => Store.open(emptied, 1)).toThrow('store.broken-schema')
})

test('a step that fails leaves the schema before it', () => {
  const database = openPlainDatabase()
  const steps = [
    ...migrations,
    { version: migrations.length + 1, sql: 'CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT);' },
  ]
  expect(() => migrate(database, 1, steps)).toThrow('half')
  expect(versionOf(database)).toBe(migrations.length)
  expect(schemaOf(database).some(sql => sql.includes('half'))).toBe(false)
})
