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
