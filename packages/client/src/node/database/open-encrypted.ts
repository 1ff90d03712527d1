import { closeSync, openSync, readSync } from 'node:fs'
import { type DatabaseKey } from '../../accounts/database-key.ts'
import { StorageError } from '../../accounts/storage-error.ts'
import { NativeSqlDatabase } from './native-database.ts'
import { NativeDatabase } from './native.ts'
import { withTypedErrors } from './typed-errors.ts'

/** What every connection is set to once it has its key; each value is read back. */
const pragmas: readonly (readonly [name: string, value: string, readBack: unknown])[] = [
  // Before anything is read: temporary files would not be encrypted.
  ['temp_store', 'memory', 2],
  ['locking_mode', 'exclusive', 'exclusive'],
  ['journal_mode', 'wal', 'wal'],
  // A commit is on disk when it returns, also after a power cut.
  ['synchronous', 'full', 2],
  ['fullfsync', 'on', 1],
  ['secure_delete', 'on', 1],
  ['foreign_keys', 'on', 1],
  ['trusted_schema', 'off', 0],
  ['journal_size_limit', '16777216', 16_777_216],
]

/**
 * Opens an encrypted database, or begins one where the file is missing or empty: chacha20 pages under the raw key.
 * Architecture §5, spec 70 §7.10.
 * @throws {StorageError} `storage.damaged` also for a wrong key; `storage.busy` while another connection has it
 */
export function openEncrypted(path: string, key: DatabaseKey): NativeSqlDatabase {
  createPrivately(path)
  const native = withTypedErrors(() => new NativeDatabase(path, { timeout: 0 }))
  try {
    withTypedErrors(() => {
      giveKey(native, key)
      for (const [name, value, readBack] of pragmas) {
        native.pragma(`${name} = ${value}`)
        if (native.pragma(name, { simple: true }) !== readBack) throw new StorageError('storage.failed')
      }
      native.prepare('SELECT count(*) FROM sqlite_schema').get()
    })
    refusePlainFile(path)
    return new NativeSqlDatabase(native)
  } catch (error) {
    native.close()
    throw error
  }
}

/** The engine would make the file readable for others. The log beside it takes over the rights of the file. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (cause) {
    throw new StorageError('storage.cannot-open', {}, { cause })
  }
}

/** As bytes, never as text: texts stay in memory until they are collected. */
function giveKey(native: NativeDatabase, key: DatabaseKey): void {
  native.pragma("cipher = 'chacha20'")
  const raw = Buffer.alloc(36)
  raw.write('raw:')
  raw.set(key.expose(), 4)
  try {
    if (native.key(raw) !== 0) throw new StorageError('storage.failed')
  } finally {
    raw.fill(0)
  }
}

/** An engine built without encryption would take the key and ignore it. */
function refusePlainFile(path: string): void {
  const start = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    readSync(file, start, 0, 16, 0)
  } finally {
    closeSync(file)
  }
  if (start.toString('latin1').startsWith('SQLite format 3')) throw new StorageError('storage.failed', { plain: true })
}
