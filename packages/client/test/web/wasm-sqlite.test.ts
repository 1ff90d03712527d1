import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openEncrypted } from '@sotto/client/node'
import { sqlDatabaseContract } from '@sotto/client/testing'
import { DatabaseKey } from '../../src/accounts/database-key.ts'
import { StorageError } from '../../src/accounts/storage-error.ts'
import { type DatabaseFiles, type SyncFile } from '../../src/web/sqlite/sync-file.ts'
import { WasmSqlite } from '../../src/web/sqlite/wasm-sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { nodeFiles } from './node-files.ts'

const engineFile = join(
  dirname(createRequire(import.meta.url).resolve('@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs')),
  'mc-wa-sqlite.wasm',
)
const binary = readFileSync(engineFile)
const sqlite = await WasmSqlite.load(binary)
const key = new DatabaseKey(new Uint8Array(32).fill(7))

test.for(sqlDatabaseContract)('wasm: $name', ({ run }) => {
  const path = join(temporaryFolder(), 'messages.db')
  expect(() => run({ open: () => sqlite.open(nodeFiles(path), key) })).not.toThrow()
})

const fill = `
  CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT) STRICT;
  CREATE VIRTUAL TABLE words USING fts5(body);
  INSERT INTO one VALUES (1, 'a'), (1099511627776, 'b'); INSERT INTO words VALUES ('brown fox')`

test('what one engine writes, the other one reads', () => {
  const path = join(temporaryFolder(), 'messages.db')
  const wasm = sqlite.open(nodeFiles(path), key)
  wasm.exec(fill)
  wasm.close()
  const native = openEncrypted(path, key)
  expect(native.prepare('SELECT * FROM one ORDER BY id').all()).toEqual([
    { id: 1, value: 'a' },
    { id: 2 ** 40, value: 'b' },
  ])
  expect(native.prepare("SELECT body FROM words WHERE words MATCH 'fox'").get()).toEqual({ body: 'brown fox' })
  native.exec("INSERT INTO one VALUES (2, 'c')")
  native.close()
  const again = sqlite.open(nodeFiles(path), key)
  expect(again.prepare('SELECT value FROM one WHERE id = 2').get()).toEqual({ value: 'c' })
  expect(again.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  again.close()
})

test('a wrong key opens nothing and changes nothing', () => {
  const path = join(temporaryFolder(), 'messages.db')
  const database = sqlite.open(nodeFiles(path), key)
  database.exec(fill)
  database.close()
  const before = readFileSync(path)
  const other = new DatabaseKey(new Uint8Array(32).fill(8))
  expect(() => sqlite.open(nodeFiles(path), other)).toThrow(new StorageError('storage.damaged'))
  expect(readFileSync(path)).toEqual(before)
})

/** Files that fail to write as soon as the test wants it. */
function failing(files: DatabaseFiles, error: () => Error | undefined): DatabaseFiles {
  const wrap = (file: SyncFile): SyncFile => ({
    ...file,
    write: (bytes, options) => {
      const thrown = error()
      if (thrown !== undefined) throw thrown
      return file.write(bytes, options)
    },
  })
  return { main: wrap(files.main), log: wrap(files.log), journal: wrap(files.journal) }
}

test.for([
  ['storage.full', new DOMException('no room', 'QuotaExceededError')],
  ['storage.io', new Error('broken')],
] as const)('%s: what fails is undone, and all is well when there is room again', ([code, thrown]) => {
  let error: Error | undefined
  const path = join(temporaryFolder(), 'messages.db')
  const database = sqlite.open(
    failing(nodeFiles(path), () => error),
    key,
  )
  database.exec(fill)
  error = thrown
  expect(() => database.exec("INSERT INTO one VALUES (5, 'x')")).toThrow(new StorageError(code))
  error = undefined
  expect(database.prepare('SELECT count(*) AS n FROM one').get()).toEqual({ n: 2 })
  database.exec("INSERT INTO one VALUES (5, 'x')")
  database.close()
})

test('two databases are open side by side, and share nothing', () => {
  const folder = temporaryFolder()
  const [one, two] = ['one.db', 'two.db'].map(name => sqlite.open(nodeFiles(join(folder, name)), key))
  one?.exec('CREATE TABLE one (id INTEGER)')
  two?.exec('CREATE TABLE two (id INTEGER)')
  expect(one?.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'one' }])
  one?.close()
  expect(two?.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'two' }])
  expect(() => two?.exec(`ATTACH '${join(folder, 'three.db')}' AS three`)).toThrow(StorageError)
  expect(() => two?.exec(`VACUUM INTO '${join(folder, 'four.db')}'`)).toThrow(StorageError)
  two?.close()
})

test('nothing readable is in any file, and each database has its own salt, by whichever start of the engine', async () => {
  const folder = temporaryFolder()
  const salts = new Set<string>()
  for (const name of ['a.db', 'b.db']) {
    const engine = await WasmSqlite.load(binary)
    const database = engine.open(nodeFiles(join(folder, name)), key)
    database.exec('CREATE TABLE messages (body TEXT); CREATE VIRTUAL TABLE words USING fts5(body)')
    const insert = database.prepare('INSERT INTO messages VALUES (?)')
    for (let count = 0; count < 500; count++) insert.run(`canary wombat ${count} ${'x'.repeat(900)}`)
    database.exec('INSERT INTO words SELECT body FROM messages; CREATE TEMP TABLE t AS SELECT * FROM messages')
    database.prepare('SELECT body FROM messages ORDER BY random()').all()
    const paths = readdirSync(folder).map(each => join(folder, each))
    expect(paths.filter(path => readFileSync(path).includes('canary wombat'))).toEqual([])
    database.close()
    expect(paths.filter(path => readFileSync(path).includes('canary wombat'))).toEqual([])
    salts.add(readFileSync(join(folder, name)).subarray(0, 16).toString('hex'))
  }
  expect(salts.size).toBe(2)
})
