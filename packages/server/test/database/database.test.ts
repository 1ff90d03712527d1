import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  DatabaseError,
  openDatabase,
  type Database,
  type DatabaseErrorCode,
  type Migration,
  type OpenOptions,
} from '@sotto/server'
import { smallDisks } from '../support/small-disk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const items = 'CREATE TABLE items (id INTEGER PRIMARY KEY, data BLOB) STRICT'

function open(path: string, options: Partial<OpenOptions> = {}): Database {
  return openDatabase(path, { migrations: [items], synchronous: 'full', ...options })
}

function codeOf(run: () => unknown): DatabaseErrorCode | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof DatabaseError && error.sentence.endsWith('.')) return error.code
    throw error
  }
  return undefined
}

test('a new database is in WAL mode, synced as asked, with foreign keys', () => {
  const folder = temporaryFolder()
  const pragmas = (database: Database) =>
    ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema'].map(name => database.pragma(name))
  expect(pragmas(open(join(folder, 'full.db')))).toEqual(['wal', 2, 1, 0])
  expect(pragmas(open(join(folder, 'normal.db'), { synchronous: 'normal' }))).toEqual(['wal', 1, 1, 0])
  expect(open(join(folder, 'small.db'), { cacheBytes: 1_048_576 }).pragma('cache_size')).toBe(-1024)
})

test('an insert answers the number of its row', () => {
  const database = open(join(temporaryFolder(), 'a.db'))
  const insert = database.prepare('INSERT INTO items (id, data) VALUES (?, NULL)')
  expect([insert.insert([null]), insert.insert([70]), insert.insert([null])]).toEqual([1, 70, 71])
  expect(codeOf(() => insert.insert([70]))).toBe('database.constraint')
})

test('bytes come back as plain arrays, numbers as bigints if asked for', () => {
  const database = open(join(temporaryFolder(), 'a.db'))
  const big = 9_223_372_036_854_775_807n
  const bytes = Uint8Array.of(1, 2, 3, 4).subarray(1, 3)
  expect(database.prepare('INSERT INTO items (id, data) VALUES (?, ?), (7, NULL)').run([big, bytes])).toBe(2)
  interface Row {
    readonly id: bigint
    readonly data: Uint8Array | null
  }
  const all = database.prepare<Row>('SELECT id, data FROM items ORDER BY id DESC', { bigints: true })
  expect(all.get()).toEqual({ id: big, data: Uint8Array.of(2, 3) })
  expect(all.get()?.data?.constructor).toBe(Uint8Array)
  expect(all.all()).toEqual([
    { id: big, data: Uint8Array.of(2, 3) },
    { id: 7n, data: null },
  ])
  expect([...all.iterate()]).toEqual(all.all())
  const small = database.prepare<{ readonly id: number }>('SELECT id FROM items WHERE id = :id')
  expect(small.get({ id: 7 })).toEqual({ id: 7 })
  expect(small.get({ id: 8 })).toBe(undefined)
  expect(database.prepare('SELECT id FROM items WHERE id = :id')).toBe(small)
})

test('a transaction is made as a whole or not at all', () => {
  const database = open(join(temporaryFolder(), 'a.db'))
  const insert = database.prepare('INSERT INTO items (id) VALUES (?)')
  expect(database.transaction(() => insert.run([1]))).toBe(1)
  const broken = () =>
    database.transaction(() => {
      insert.run([2])
      throw new RangeError('no')
    })
  expect(broken).toThrow(RangeError)
  expect(codeOf(() => database.transaction(() => insert.run([1])))).toBe('database.constraint')
  expect(database.inTransaction).toBe(false)
  expect(database.prepare<{ readonly id: number }>('SELECT id FROM items').all()).toEqual([{ id: 1 }])
})

test('each step of the schema is made once, and its number is kept', () => {
  const path = join(temporaryFolder(), 'a.db')
  const made: string[] = []
  const step =
    (name: string): Migration =>
    database => {
      made.push(name)
      database.exec(`CREATE TABLE ${name} (id INTEGER) STRICT`)
    }
  open(path, { migrations: [step('one')] }).close()
  open(path, { migrations: [step('one'), step('two'), 'CREATE TABLE three (id INTEGER) STRICT'] }).close()
  const database = open(path, { migrations: [step('one'), step('two'), 'CREATE TABLE three (id INTEGER) STRICT'] })
  expect(made).toEqual(['one', 'two'])
  expect(database.pragma('user_version')).toBe(3)
  database.close()
  expect(codeOf(() => open(path, { migrations: [step('one')] }))).toBe('database.too-new')
  expect(codeOf(() => open(path, { migrations: [step('one')], readonly: true }))).toBe('database.too-new')
})

test('a step that fails leaves nothing behind', () => {
  const path = join(temporaryFolder(), 'a.db')
  expect(codeOf(() => open(path, { migrations: [items, 'CREATE TABLE two (id INTEGER); nonsense'] }))).toBe(
    'database.failed',
  )
  const database = open(path)
  expect(database.pragma('user_version')).toBe(1)
  expect(database.prepare<{ readonly name: string }>('SELECT name FROM sqlite_schema').all()).toEqual([
    { name: 'items' },
  ])
})

test('a reader sees what the writer commits, and cannot write', () => {
  const path = join(temporaryFolder(), 'a.db')
  const writer = open(path)
  const reader = open(path, { readonly: true })
  const count = reader.prepare<{ readonly n: number }>('SELECT count(*) AS n FROM items')
  expect(count.get()?.n).toBe(0)
  writer.prepare('INSERT INTO items (id) VALUES (1)').run()
  expect(count.get()?.n).toBe(1)
  expect(codeOf(() => reader.prepare('INSERT INTO items (id) VALUES (2)').run())).toBe('database.read-only')
  expect(codeOf(() => reader.transaction(() => reader.prepare('DELETE FROM items').run()))).toBe('database.read-only')
})

test('a lock that does not go away is a typed error', () => {
  const path = join(temporaryFolder(), 'a.db')
  const first = open(path)
  const second = open(path, { busyTimeoutMs: 10 })
  first.begin()
  expect(codeOf(() => second.begin())).toBe('database.busy')
  first.rollback()
  expect(codeOf(() => second.begin())).toBe(undefined)
})

test('places that do not exist or are no files', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'folder.db'))
  expect(codeOf(() => open(join(folder, 'none', 'a.db')))).toBe('database.cannot-open')
  expect(codeOf(() => open(join(folder, 'folder.db')))).toBe('database.cannot-open')
  expect(codeOf(() => open(join(folder, 'missing.db'), { readonly: true }))).toBe('database.cannot-open')
})

test('SQL that is wrong, and a closed database', () => {
  const database = open(join(temporaryFolder(), 'a.db'))
  expect(codeOf(() => database.prepare('SELECT nothing'))).toBe('database.failed')
  expect(codeOf(() => database.exec('nonsense'))).toBe('database.failed')
  expect(codeOf(() => database.pragma('user_version = "'))).toBe('database.failed')
  const statement = database.prepare('SELECT id FROM items')
  database.close()
  database.close()
  for (const run of [() => statement.get(), () => statement.all(), () => [...statement.iterate()]]) {
    expect(codeOf(run)).toBe('database.failed')
  }
})

/** A database of some pages with damage in the middle of them. */
function damagedDatabase(folder: string): string {
  const path = join(folder, 'a.db')
  const database = open(path)
  for (let id = 0; id < 200; id++)
    database.prepare('INSERT INTO items VALUES (?, ?)').run([id, new Uint8Array(1000).fill(id)])
  database.close()
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0xee, 8192, bytes.length - 8192))
  return path
}

test('damage is found by looking, and the file is kept', () => {
  const folder = temporaryFolder()
  const path = damagedDatabase(folder)
  const before = readFileSync(path)
  expect(open(path).isIntact('quick')).toBe(false)
  const check = (database: Database) => database.isIntact('full')
  expect(codeOf(() => open(path, { check }))).toBe('database.corrupt')
  const database = open(path, { check, moveAsideAt: { now: () => 1234 } })
  expect(database.movedAside).toBe(`${path}.corrupt-1234`)
  expect(database.isIntact('full')).toBe(true)
  expect(database.prepare<{ readonly n: number }>('SELECT count(*) AS n FROM items').get()).toEqual({ n: 0 })
  expect(Buffer.compare(readFileSync(`${path}.corrupt-1234`), before)).toBe(0)
})

test('what is no database is moved aside, and earlier ones are not overwritten', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'a.db')
  const moveAsideAt = { now: () => 5 }
  for (const content of ['first', 'second']) {
    writeFileSync(path, `no database at all ${content}`.repeat(100))
    expect(codeOf(() => open(path))).toBe('database.corrupt')
    // A log without its database must not get into the new one.
    writeFileSync(`${path}-wal`, content)
    const database = open(path, { moveAsideAt })
    expect(database.isIntact('full')).toBe(true)
    database.close()
  }
  expect(readdirSync(folder).toSorted()).toEqual(['a.db', 'a.db.corrupt-5', 'a.db.corrupt-5-2'])
  expect(readFileSync(`${path}.corrupt-5`, 'utf8')).toMatch(/^no database at all first/)
  expect(readFileSync(`${path}.corrupt-5-2`, 'utf8')).toMatch(/^no database at all second/)
})

test('a reader never moves anything', () => {
  const path = join(temporaryFolder(), 'a.db')
  writeFileSync(path, 'no database at all'.repeat(100))
  expect(codeOf(() => open(path, { readonly: true, moveAsideAt: { now: () => 5 } }))).toBe('database.corrupt')
  expect(existsSync(path)).toBe(true)
})

test.for(smallDisks())('a full disk is a typed error and nothing is lost: %s', ([, prepare]) => {
  const { folder, maxBytes, makeRoom } = prepare()
  const database = open(join(folder, 'a.db'), maxBytes === undefined ? {} : { maxBytes })
  const insert = database.prepare('INSERT INTO items (id, data) VALUES (?, ?)')
  let stored = 0
  const code = codeOf(() => {
    for (; stored < 100; stored++) insert.run([stored, new Uint8Array(50_000)])
  })
  expect(code).toBe('database.full')
  expect(stored).toBeGreaterThan(5)
  const count = () => database.prepare<{ readonly n: number }>('SELECT count(*) AS n FROM items').get()?.n
  expect(count()).toBe(stored)
  makeRoom?.()
  if (maxBytes !== undefined) database.pragma('max_page_count = 1000')
  insert.run([1000, new Uint8Array(50_000)])
  expect(count()).toBe(stored + 1)
  expect(database.isIntact('full')).toBe(true)
})

test('a write that the system refuses is an I/O error', () => {
  // A limit on the size of files, with its signal ignored, makes writes fail with EFBIG: to SQLite a broken disk.
  const script = fileURLToPath(new URL('./io-error-child.ts', import.meta.url))
  const shell = `trap '' XFSZ; ulimit -f 1000; exec "$0" "$1" "$2"`
  const path = join(temporaryFolder(), 'a.db')
  const { stdout, stderr } = spawnSync('bash', ['-c', shell, process.execPath, script, path], { encoding: 'utf8' })
  expect([stdout, stderr]).toEqual(['database.io {"sync":false}\n', ''])
})

test('a file without the right to write', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'a.db')
  open(path).close()
  chmodSync(path, 0o400)
  // Root may write all the same; for anybody else this is read-only.
  expect([undefined, 'database.read-only', 'database.cannot-open']).toContain(
    codeOf(() => open(path).exec('DELETE FROM items')),
  )
})
