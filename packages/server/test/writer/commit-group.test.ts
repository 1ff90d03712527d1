import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, type Database, type DatabaseError } from '@sotto/server'
import { commitGroup, runOperation, type Write, type WriteConnection } from '../../src/writer/commit-group.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { migrations, operations } from './sample-operations.ts'

/** A real database whose commits fail as often as wanted, the way better-sqlite3 fails. */
class FailingConnection implements WriteConnection {
  readonly #database: Database
  readonly #codes: string[]
  readonly #beginCodes: string[]
  begun = 0

  constructor(database: Database, codes: readonly string[], beginCodes: readonly string[]) {
    this.#database = database
    this.#codes = [...codes]
    this.#beginCodes = [...beginCodes]
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  begin(): void {
    this.begun += 1
    const code = this.#beginCodes.shift()
    if (code !== undefined) throw Object.assign(new Error('disk'), { code })
    this.#database.begin()
  }

  commit(): void {
    const code = this.#codes.shift()
    if (code !== undefined && code !== '') throw Object.assign(new Error('disk'), { code })
    this.#database.commit()
  }

  rollback(): void {
    this.#database.rollback()
  }

  prepare: Database['prepare'] = (sql, options) => this.#database.prepare(sql, options)

  exec(sql: string): void {
    this.#database.exec(sql)
  }
}

function setUp(codes: readonly string[], beginCodes: readonly string[] = []) {
  const database = openDatabase(join(temporaryFolder(), 'a.db'), { migrations, synchronous: 'full' })
  const connection = new FailingConnection(database, codes, beginCodes)
  const commit = (group: readonly Write[]) =>
    commitGroup(connection, group, write => runOperation(database, operations, write))
  const count = () => database.prepare<{ readonly n: number }>('SELECT count(*) AS n FROM items').get()?.n
  return { commit, count, connection }
}

const insert = (id: number): Write => ({ name: 'insert', params: { id, data: new Uint8Array() } })

test('after a failed sync nobody is told that anything was written', () => {
  const { commit } = setUp(['SQLITE_IOERR_FSYNC'])
  const { outcomes, fatal } = commit([insert(1), insert(2)])
  const error = expect.objectContaining({ code: 'database.io', detail: { sync: true } }) as DatabaseError
  expect(fatal).toEqual(error)
  expect(outcomes).toEqual([{ error }, { error }])
})

test('a group that does not fit is tried one by one', () => {
  const { commit, count } = setUp(['SQLITE_FULL', '', 'SQLITE_FULL', ''])
  const { outcomes, fatal } = commit([insert(1), insert(2), insert(3)])
  const error = expect.objectContaining({ code: 'database.full' }) as DatabaseError
  expect(outcomes).toEqual([{ result: 1 }, { error }, { result: 1 }])
  expect(fatal).toBe(undefined)
  expect(count()).toBe(2)
})

test('those that were written before the disk failed are told so, the others are not', () => {
  const { commit } = setUp(['SQLITE_FULL', '', 'SQLITE_IOERR_WRITE'])
  const { outcomes, fatal } = commit([insert(1), insert(2), insert(3)])
  expect(outcomes).toMatchObject([
    { result: 1 },
    { error: { code: 'database.io' } },
    { error: { code: 'database.io' } },
  ])
  expect(fatal?.code).toBe('database.io')
})

test('a shared-memory file that cannot grow is a full disk, not a broken one', () => {
  const { commit, count } = setUp(['SQLITE_IOERR_SHMSIZE'])
  expect(commit([insert(1)])).toMatchObject({ outcomes: [{ error: { code: 'database.full' } }] })
  expect(commit([insert(1)])).toEqual({ outcomes: [{ result: 1 }] })
  expect(count()).toBe(1)
})

test.for([
  ['SQLITE_READONLY_DBMOVED', 'database.read-only'],
  ['SQLITE_BUSY', 'database.busy'],
  ['SQLITE_PROTOCOL', 'database.failed'],
])('%s refuses and does not end the writer', ([sqlite = '', code]) => {
  const { commit, count } = setUp([sqlite])
  expect(commit([insert(1)])).toMatchObject({ outcomes: [{ error: { code } }] })
  expect(commit([insert(1), insert(2)])).toEqual({ outcomes: [{ result: 1 }, { result: 1 }] })
  expect(count()).toBe(2)
})

test.for([
  ['SQLITE_BUSY', 'database.busy', undefined],
  ['SQLITE_IOERR_READ', 'database.io', 'database.io'],
])('a transaction that cannot begin is tried once for all: %s', ([sqlite = '', code, fatal]) => {
  const { commit, connection } = setUp([], [sqlite])
  const outcome = commit([insert(1), insert(2), insert(3)])
  expect(outcome.outcomes).toMatchObject([{ error: { code } }, { error: { code } }, { error: { code } }])
  expect(outcome.fatal?.code).toBe(fatal)
  expect(connection.begun).toBe(1)
})
