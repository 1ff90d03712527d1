import { type SqlDatabase, type SqlValue } from '../store/sql.ts'
import { codeOf, equal, sameBytes, thrownBy } from './compare.ts'

/** What a case needs of the adapter: a database that survives being closed. */
export interface SqlDatabaseFixture {
  /** Opens the same database each time; one connection at a time. */
  open(): SqlDatabase
}

/** One property of an adapter. It throws where the adapter does not have it. */
export interface ContractCase {
  readonly name: string
  readonly run: (fixture: SqlDatabaseFixture) => void
}

/** Every `SqlDatabase` passes these, wherever it runs; a test runs each case on a fresh fixture. */
export const sqlDatabaseContract: readonly ContractCase[] = [
  { name: 'values come back as they went in', run: valuesComeBack },
  { name: 'whole numbers are integers and keep every digit', run: wholeNumbers },
  { name: 'bytes are fresh arrays', run: freshBytes },
  { name: 'a statement runs again with other parameters', run: runsAgain },
  { name: 'a statement that changes says how many rows, and the new id', run: countsChanges },
  { name: 'any statement may be run, asked for one row or for all', run: anyWay },
  { name: 'a committed transaction stays, one that is rolled back does not', run: transactions },
  { name: 'what SQLite refuses is thrown with a code, and the next statement works', run: refusals },
  { name: 'the wrong number of parameters is refused', run: parameterCount },
  { name: 'several statements are executed in order', run: execMany },
  { name: 'full-text search finds words', run: fullText },
  { name: 'what is written is there after opening again', run: reopen },
  { name: 'the log is written back and emptied when asked', run: checkpoint },
  { name: 'large values and many rows', run: large },
  { name: 'a closed database says so', run: closed },
  { name: 'nothing is kept outside of memory that is not encrypted, and commits are on disk', run: settings },
]

function valuesComeBack(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, value)')
  const insert = database.prepare('INSERT INTO one (value) VALUES (?)')
  const texts = ['', 'text', 'a\0b', '\u{1f600} \u{10ffff} ä', 'quote \' and " and ;', 'x'.repeat(70_000)]
  const whole = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 32, 2 ** 53 - 1, -(2 ** 53 - 1)]
  const bytes = [new Uint8Array(), Uint8Array.of(0), Uint8Array.of(1, 2, 0, 255), new Uint8Array(70_000).fill(7)]
  const values: SqlValue[] = [...texts, ...whole, 0.5, -0.25, 1e300, null, ...bytes]
  for (const value of values) insert.run(value)
  const rows = database.prepare('SELECT value FROM one ORDER BY id').all()
  equal(rows.length, values.length)
  values.forEach((value, index) => sameValue(rows[index]?.['value'], value))
  database.close()
}

function wholeNumbers(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  const kind = database.prepare('SELECT typeof(?) AS kind')
  for (const value of [0, 7, -7, 2 ** 31, 2 ** 40, -(2 ** 40), 2 ** 53 - 1]) equal(kind.get(value)?.['kind'], 'integer')
  for (const value of [0.5, 1e300]) equal(kind.get(value)?.['kind'], 'real')
  const text = database.prepare("SELECT CAST(? AS TEXT) || '' AS text")
  for (const value of [2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), -(2 ** 32)])
    equal(text.get(value)?.['text'], String(value))
  database.close()
}

function freshBytes(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec("CREATE TABLE one (value BLOB NOT NULL); INSERT INTO one VALUES (x'010203')")
  const select = database.prepare('SELECT value FROM one')
  const first = select.get()?.['value']
  if (!(first instanceof Uint8Array)) throw new Error('no bytes')
  equal(Object.getPrototypeOf(first), Uint8Array.prototype)
  first.fill(9)
  sameValue(select.get()?.['value'], Uint8Array.of(1, 2, 3))
  const given = Uint8Array.of(5, 6, 7, 8)
  database.prepare('UPDATE one SET value = ?').run(given.subarray(1, 3))
  given.fill(0)
  const held = select.get()?.['value']
  for (let count = 0; count < 50; count++) database.prepare('SELECT zeroblob(100000) AS z').get()
  sameValue(held, Uint8Array.of(6, 7))
  database.close()
}

function runsAgain(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT)')
  const insert = database.prepare('INSERT INTO one (id, value) VALUES (?, ?)')
  for (let id = 1; id <= 5; id++) insert.run(id, `v${id}`)
  const from = database.prepare('SELECT id, value FROM one WHERE id >= ? ORDER BY id')
  // Only the first row is asked for: the rest must not stand in the way of the next run.
  equal(from.get(2)?.['value'], 'v2')
  equal(from.get(4)?.['value'], 'v4')
  equal(from.get(9), undefined)
  equal(from.all(3).length, 3)
  equal(from.all(9).length, 0)
  database.exec('DROP TABLE one')
  database.close()
}

function countsChanges(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT)')
  const insert = database.prepare('INSERT INTO one (value) VALUES (?)')
  sameChange(insert.run('a'), 1, 1)
  sameChange(insert.run('b'), 1, 2)
  sameChange(database.prepare('INSERT INTO one (id, value) VALUES (?, ?)').run(2 ** 40, 'c'), 1, 2 ** 40)
  equal(database.prepare('UPDATE one SET value = ?').run('d').changes, 3)
  equal(database.prepare('UPDATE one SET value = ? WHERE id = 77').run('e').changes, 0)
  equal(database.prepare('DELETE FROM one').run().changes, 3)
  database.close()
}

function anyWay(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  equal(database.prepare('CREATE TABLE one (id INTEGER PRIMARY KEY)').all().length, 0)
  equal(database.prepare('INSERT INTO one VALUES (?)').get(1), undefined)
  equal(database.prepare('INSERT INTO one VALUES (?), (?) RETURNING id').all(2, 3).length, 2)
  equal(database.prepare('INSERT INTO one VALUES (?), (?) RETURNING id').get(4, 5)?.['id'], 4)
  database.prepare('INSERT INTO one VALUES (?) RETURNING id').run(6)
  database.prepare('SELECT id FROM one').run()
  equal(database.prepare('SELECT count(*) AS n FROM one').get()?.['n'], 6)
  database.close()
}

function transactions(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY)')
  const insert = database.prepare('INSERT INTO one (id) VALUES (?)')
  database.exec('BEGIN IMMEDIATE')
  insert.run(1)
  database.exec('COMMIT; BEGIN IMMEDIATE')
  insert.run(2)
  database.exec('SAVEPOINT inner_one')
  insert.run(3)
  database.exec('ROLLBACK TO inner_one; RELEASE inner_one')
  equal(database.prepare('SELECT count(*) AS n FROM one').get()?.['n'], 2)
  database.exec('ROLLBACK')
  equal(database.prepare('SELECT count(*) AS n FROM one').get()?.['n'], 1)
  database.close()
}

function refusals(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO one (id, value) VALUES (?, ?)')
  insert.run(1, 'a')
  const fails = (run: () => unknown, code: string): void => equal(codeOf(thrownBy(run)), code)
  fails(() => insert.run(1, 'b'), 'storage.constraint')
  fails(() => insert.run(2, null), 'storage.constraint')
  fails(() => insert.run(3, Uint8Array.of(1)), 'storage.constraint')
  fails(() => insert.run('no number', 'a'), 'storage.constraint')
  fails(() => database.prepare('SELECT nothing FROM nowhere'), 'storage.failed')
  fails(() => database.exec('nonsense'), 'storage.failed')
  fails(() => database.prepare(''), 'storage.failed')
  insert.run(2, 'b')
  fails(() => database.exec("INSERT INTO one VALUES (3, 'c'); INSERT INTO one VALUES (3, 'd')"), 'storage.constraint')
  equal(database.prepare('SELECT count(*) AS n FROM one').get()?.['n'], 3)
  database.close()
}

function parameterCount(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  const select = database.prepare('SELECT ? AS a, ? AS b')
  for (const params of [[], [1], [1, 2, 3]]) {
    equal(codeOf(thrownBy(() => select.get(...params))), 'storage.failed')
  }
  equal(select.get(1, 2)?.['b'], 2)
  database.close()
}

function execMany(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec(`
    CREATE TABLE one (id INTEGER PRIMARY KEY); -- a comment; with a semicolon
    INSERT INTO one VALUES (1); INSERT INTO one SELECT id + 1 FROM one;
    CREATE TRIGGER grow AFTER INSERT ON one WHEN new.id < 5 BEGIN INSERT INTO one VALUES (new.id + 10); END;
    INSERT INTO one VALUES (3);
    /* the end */
  `)
  database.exec('')
  equal(
    database
      .prepare('SELECT id FROM one ORDER BY id')
      .all()
      .map(row => row['id'])
      .join(' '),
    '1 2 3 13',
  )
  database.close()
}

function fullText(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE VIRTUAL TABLE words USING fts5(body)')
  const insert = database.prepare('INSERT INTO words (body) VALUES (?)')
  for (const body of ['the quick brown fox', 'lazy dog', 'brown bread']) insert.run(body)
  const find = database.prepare('SELECT body FROM words WHERE words MATCH ? ORDER BY rank')
  equal(find.all('brown').length, 2)
  equal(find.get('"lazy dog"')?.['body'], 'lazy dog')
  equal(find.get('cat'), undefined)
  database.close()
}

function reopen(fixture: SqlDatabaseFixture): void {
  for (let round = 0; round < 3; round++) {
    const database = fixture.open()
    database.exec('CREATE TABLE IF NOT EXISTS one (id INTEGER PRIMARY KEY)')
    equal(database.prepare('SELECT count(*) AS n FROM one').get()?.['n'], round)
    database.prepare('INSERT INTO one VALUES (?)').run(round)
    database.exec(`PRAGMA user_version = ${round + 1}`)
    equal(database.prepare('PRAGMA user_version').get()?.['user_version'], round + 1)
    database.close()
  }
}

function checkpoint(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec("CREATE TABLE one (value TEXT); INSERT INTO one VALUES ('a'), ('b')")
  const emptied = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  equal(emptied?.['busy'], 0)
  equal(emptied?.['log'], 0)
  database.exec("INSERT INTO one VALUES ('c')")
  database.close()
  const again = fixture.open()
  equal(again.prepare('SELECT count(*) AS n FROM one').get()?.['n'], 3)
  again.close()
}

function large(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, value BLOB); BEGIN')
  const insert = database.prepare('INSERT INTO one (value) VALUES (?)')
  for (let count = 0; count < 600; count++) insert.run(new Uint8Array(1000).fill(count))
  insert.run(new Uint8Array(5_000_000).fill(5))
  database.exec('COMMIT')
  equal(database.prepare('SELECT id, value FROM one').all().length, 601)
  const last = database.prepare('SELECT value FROM one ORDER BY id DESC').get()?.['value']
  equal(last instanceof Uint8Array && last.length === 5_000_000 && last.every(byte => byte === 5), true)
  // A sort that does not fit the page cache would use a temporary file, if there could be one.
  equal(database.prepare('SELECT value FROM one WHERE length(value) = 1000 ORDER BY hex(value) DESC').all().length, 600)
  database.close()
  const again = fixture.open()
  again.exec('DELETE FROM one; VACUUM')
  equal(again.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok')
  again.close()
}

function closed(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  const select = database.prepare('SELECT 1 AS one')
  select.get()
  database.close()
  database.close()
  equal(codeOf(thrownBy(() => database.exec('SELECT 1'))), 'storage.closed')
  equal(codeOf(thrownBy(() => database.prepare('SELECT 1'))), 'storage.closed')
  equal(codeOf(thrownBy(() => select.get())), 'storage.closed')
  equal(codeOf(thrownBy(() => select.all())), 'storage.closed')
}

function settings(fixture: SqlDatabaseFixture): void {
  const database = fixture.open()
  const pragma = (name: string): SqlValue | undefined =>
    Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  equal(pragma('temp_store'), 2)
  equal(pragma('journal_mode'), 'wal')
  equal(pragma('locking_mode'), 'exclusive')
  equal(pragma('synchronous'), 2)
  equal(pragma('secure_delete'), 1)
  equal(pragma('foreign_keys'), 1)
  equal(pragma('trusted_schema'), 0)
  equal(pragma('cipher'), 'chacha20')
  database.close()
}

function sameChange(
  found: { readonly changes: number; readonly lastId: number },
  changes: number,
  lastId: number,
): void {
  equal(found.changes, changes)
  equal(found.lastId, lastId)
}

function sameValue(found: SqlValue | undefined, expected: SqlValue): void {
  if (expected instanceof Uint8Array) sameBytes(found, expected)
  else equal(found, expected)
}
