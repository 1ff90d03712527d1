import type { Clock } from '../clock/clock.ts'
import { DatabaseError, databaseErrorOf } from './database-error.ts'
import { Database } from './database.ts'
import { migrate, schemaVersion, type Migration } from './migrate.ts'
import { moveAside } from './move-aside.ts'
import { NativeDatabase } from './native.ts'

/** How a database is opened. */
export interface OpenOptions {
  /** The whole history of the schema. */
  readonly migrations: readonly Migration[]
  /** `full`: a commit is on disk when it returns, also after a power cut. `normal`: after a crash of the program only. */
  readonly synchronous: 'full' | 'normal'
  /** Another connection writes; this one only reads, and leaves the schema alone. */
  readonly readonly?: boolean
  /** How long to wait for a lock of another connection, in ms. */
  readonly busyTimeoutMs?: number
  /** Memory for pages, in bytes. */
  readonly cacheBytes?: number
  /** A size that the database may not grow past, in bytes. */
  readonly maxBytes?: number
  /** Pages in the log from which on it is written back into the database. SQLite's default is 1,000. */
  readonly checkpointPages?: number
  /** Called with the open connection; `false` means that it is damaged. For example `each => each.isIntact('quick')`. */
  readonly check?: (database: Database) => boolean
  /** With a clock a damaged database is moved aside and a new one begun; without, `database.corrupt` is thrown. */
  readonly moveAsideAt?: Pick<Clock, 'now'>
}

/**
 * Opens a database, or begins one, in WAL mode with foreign keys and an up-to-date schema.
 * @throws {DatabaseError} `database.cannot-open`, `database.corrupt`, `database.too-new`, `database.busy`,
 * `database.full`, `database.io`, `database.read-only`, `database.failed`
 */
export function openDatabase(path: string, options: OpenOptions): Database {
  try {
    return open(path, options)
  } catch (error) {
    const { moveAsideAt, readonly = false } = options
    const damaged = error instanceof DatabaseError && error.code === 'database.corrupt'
    if (!damaged || moveAsideAt === undefined || readonly) throw error
    return open(path, options, moveAside(path, moveAsideAt.now()))
  }
}

function open(path: string, options: OpenOptions, movedAside?: string): Database {
  const native = openNative(path, options)
  try {
    const { migrations, check, readonly = false } = options
    setUp(native, options)
    const database = new Database(native, movedAside)
    if (check?.(database) === false) throw new DatabaseError('database.corrupt', { check: true })
    if (readonly) schemaVersion(database, migrations.length)
    else migrate(database, migrations)
    return database
  } catch (cause) {
    native.close()
    throw databaseErrorOf(cause)
  }
}

function openNative(path: string, { readonly = false, busyTimeoutMs = 5000 }: OpenOptions): NativeDatabase {
  try {
    return new NativeDatabase(path, { readonly, timeout: busyTimeoutMs })
  } catch (cause) {
    // A missing folder is a TypeError there.
    if (cause instanceof TypeError) throw new DatabaseError('database.cannot-open', {}, { cause })
    throw databaseErrorOf(cause)
  }
}

function setUp(native: NativeDatabase, options: OpenOptions): void {
  const { synchronous, readonly = false, cacheBytes, maxBytes, checkpointPages } = options
  if (!readonly) native.pragma('journal_mode = WAL')
  native.pragma(`synchronous = ${synchronous}`)
  native.pragma('foreign_keys = ON')
  native.pragma('trusted_schema = OFF')
  native.pragma('temp_store = MEMORY')
  // After a burst the log is cut back to this size rather than kept as it is.
  native.pragma('journal_size_limit = 67108864')
  if (checkpointPages !== undefined) native.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  if (cacheBytes !== undefined) native.pragma(`cache_size = -${Math.ceil(cacheBytes / 1024)}`)
  if (maxBytes === undefined) return
  const pageSize = Number(native.pragma('page_size', { simple: true }))
  native.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / pageSize))}`)
}
