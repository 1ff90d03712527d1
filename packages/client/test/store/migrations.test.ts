import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { type SqlDatabase } from '../../src/store/sql.ts'
import { Store } from '../../src/store/store.ts'
import { openPlainDatabase } from '../support/plain-database.ts'

const folder = new URL('../fixtures/', import.meta.url)
const fixtures = readdirSync(folder).filter(name => name.startsWith('schema-'))

/** What a database is made of, in words. Spaces do not count, nor the tables that full text makes for itself. */
function schemaOf(database: SqlDatabase): readonly string[] {
  const rows = database.prepare(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'message_text_%'",
  )
  return rows.all().map(({ sql }) => String(sql).replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' '))
}

function versionOf(database: SqlDatabase): unknown {
  return database.prepare('SELECT max(version) AS version FROM schema_versions').get()?.['version']
}

test('every released schema has a store of its time', () => {
  expect(fixtures).toEqual(migrations.map(({ version }) => `schema-${version}.sql`))
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, at) => at + 1))
})

test.for(fixtures)('a store of %s opens, with everything in it', name => {
  const database = openPlainDatabase()
  database.exec(readFileSync(new URL(name, folder), 'utf8'))
  const fresh = openPlainDatabase()
  migrate(fresh, 1)
  const store = Store.open(database, 1)
  expect(versionOf(database)).toBe(migrations.length)
  expect(new Set(schemaOf(database))).toEqual(new Set([...schemaOf(fresh), ...schemaOf(database).slice(0, 1)]))
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

test('a released schema is never edited', () => {
  for (const { version } of migrations) {
    const database = openPlainDatabase()
    migrate(database, 1, migrations.slice(0, version))
    const fixture = openPlainDatabase()
    fixture.exec(readFileSync(new URL(`schema-${version}.sql`, folder), 'utf8'))
    expect(new Set(schemaOf(fixture).slice(1))).toEqual(new Set(schemaOf(database)))
  }
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
