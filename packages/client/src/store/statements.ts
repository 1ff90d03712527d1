import { type SqlDatabase, type SqlStatement } from './sql.ts'
import { textOf } from './columns.ts'

/** A compiled statement with the tables that it names, and those that it can change. */
export interface PreparedStatement {
  readonly statement: SqlStatement
  readonly tables: ReadonlySet<string>
  readonly changes: ReadonlySet<string>
}

/** More than the program has statements: a bound for those that are put together from parts. */
const MAX_STATEMENTS = 500

/** Tables that change through triggers when another one does. */
const triggered: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'messages',
    [
      'attachment_chunks',
      'attachments',
      'conversations',
      'files',
      'outbox',
      'pinned_messages',
      'reactions',
      'receipts',
    ],
  ],
  ['attachments', ['attachment_chunks', 'files']],
  ['attachment_chunks', ['files']],
  ['contacts', ['files', 'pictures', 'trusted_downloads']],
  ['pictures', ['files']],
])

/** Compiles each statement once. Which tables it is about is read off its text. */
export class Statements {
  readonly #database: SqlDatabase
  readonly #known: ReadonlySet<string>
  readonly #prepared = new Map<string, PreparedStatement>()

  constructor(database: SqlDatabase) {
    this.#database = database
    const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    this.#known = new Set(rows.map(row => textOf(row, 'name')))
  }

  prepare(sql: string): PreparedStatement {
    const found = this.#prepared.get(sql)
    if (found !== undefined) return found
    const prepared = { statement: this.#database.prepare(sql), tables: this.#tablesIn(sql), changes: changedBy(sql) }
    if (this.#prepared.size >= MAX_STATEMENTS) this.#prepared.clear()
    this.#prepared.set(sql, prepared)
    return prepared
  }

  #tablesIn(sql: string): ReadonlySet<string> {
    return new Set((sql.match(/\w+/g) ?? []).filter(word => this.#known.has(word)))
  }
}

function changedBy(sql: string): ReadonlySet<string> {
  const table = /^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+(\w+)/i.exec(sql)?.[1]
  return new Set(table === undefined ? [] : [table, ...(triggered.get(table) ?? [])])
}
