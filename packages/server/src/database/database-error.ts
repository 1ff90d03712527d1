import { SottoError } from '@sotto/protocol/error'

/** Codes of `DatabaseError`; stable. */
export type DatabaseErrorCode =
  | 'database.full'
  | 'database.io'
  | 'database.read-only'
  | 'database.corrupt'
  | 'database.busy'
  | 'database.constraint'
  | 'database.too-new'
  | 'database.cannot-open'
  | 'database.overloaded'
  | 'database.closed'
  | 'database.failed'

const sentences: Readonly<Record<DatabaseErrorCode, string>> = {
  'database.full': 'There is no space left for the database: make room on the disk.',
  'database.io': 'The disk that holds the database reports errors. The program must be started again.',
  'database.read-only':
    'The database cannot be written to: check the rights of its folder and how the disk is mounted.',
  'database.corrupt': 'The database is damaged.',
  'database.busy': 'Another program keeps the database locked.',
  'database.constraint': 'The change does not fit what the database already holds.',
  'database.too-new': 'The database was written by a newer version of this program.',
  'database.cannot-open': 'The database file cannot be opened: check its folder and the rights of the file.',
  'database.overloaded': 'More changes wait for the disk than it can take: try again later.',
  'database.closed': 'The database is closed.',
  'database.failed': 'The database did not do what it was asked to.',
}

/** A database that did not do as it should. `cause` is SQLite's own error; its text is for developers only. */
export class DatabaseError extends SottoError<DatabaseErrorCode> {
  override readonly name = 'DatabaseError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

/** Whether a text that came from another thread is one of the codes. */
export function isDatabaseErrorCode(code: string): code is DatabaseErrorCode {
  return Object.hasOwn(sentences, code)
}

/** The first part of SQLite's code decides; exceptions stand before. */
const exceptions: ReadonlyMap<string, DatabaseErrorCode> = new Map([
  // The shared-memory file cannot grow: that is a full disk, although SQLite counts it among the I/O errors.
  ['SQLITE_IOERR_SHMSIZE', 'database.full'],
])
const families: ReadonlyMap<string, DatabaseErrorCode> = new Map([
  ['FULL', 'database.full'],
  ['IOERR', 'database.io'],
  ['READONLY', 'database.read-only'],
  ['CORRUPT', 'database.corrupt'],
  ['NOTADB', 'database.corrupt'],
  ['BUSY', 'database.busy'],
  ['LOCKED', 'database.busy'],
  ['CONSTRAINT', 'database.constraint'],
  ['MISMATCH', 'database.constraint'],
  ['CANTOPEN', 'database.cannot-open'],
  ['PERM', 'database.cannot-open'],
])

/** The typed form of whatever better-sqlite3 threw. Errors of ours pass unchanged. */
export function databaseErrorOf(cause: unknown): SottoError {
  if (cause instanceof SottoError) return cause
  const text = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const code = exceptions.get(text) ?? families.get(text.split('_')[1] ?? '') ?? 'database.failed'
  return new DatabaseError(code, text.startsWith('SQLITE_IOERR') ? { sync: text.includes('FSYNC') } : {}, { cause })
}

/** Runs something of better-sqlite3 and lets only typed errors out. */
export function withTypedErrors<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    throw databaseErrorOf(cause)
  }
}
