import Database from 'better-sqlite3-multiple-ciphers'
import { type SqlDatabase, type SqlRow } from '../../src/store/sql.ts'

/** A database in a file, or in memory with `:memory:`, for tests of the store alone: not encrypted, not flushed. */
export function openPlainDatabase(path = ':memory:'): SqlDatabase {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = OFF')
  return {
    prepare: sql => {
      const statement = database.prepare(sql)
      return {
        all: (...params) => statement.all(...params).map(row => row as SqlRow),
        get: (...params) => statement.get(...params) as SqlRow | undefined,
        run: (...params) => {
          const { changes, lastInsertRowid } = statement.run(...params)
          return { changes, lastId: Number(lastInsertRowid) }
        },
      }
    },
    exec: sql => {
      database.exec(sql)
    },
    close: () => {
      database.close()
    },
  }
}
