import { type Database } from '@sotto/server'
import { type FileRecord } from './schema.ts'

interface KeepParams {
  readonly id: string
  readonly size: number
  readonly now: number
  readonly expires: number
}

interface ExtendParams {
  readonly id: string
  readonly now: number
  readonly expires: number
}

/** The same bytes again: kept at least as long as before, since when they were first. What has expired begins anew. Spec 40 §8.2. */
function keep(database: Database, { id, size, now, expires }: KeepParams): { readonly [name: string]: number } {
  database.prepare('DELETE FROM files WHERE id = ? AND expires <= ?').run([id, now])
  const row = database
    .prepare<FileRecord>(
      `INSERT INTO files (id, size, uploaded, expires) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET expires = max(expires, excluded.expires)
       RETURNING size, uploaded, expires`,
    )
    .get([id, size, now, expires])
  return row === undefined ? {} : { ...row }
}

/** Only ever longer; `undefined` if there is no such file any more. */
function extend(database: Database, { id, now, expires }: ExtendParams) {
  const row = database
    .prepare<FileRecord>(
      'UPDATE files SET expires = max(expires, ?) WHERE id = ? AND expires > ? RETURNING size, uploaded, expires',
    )
    .get([expires, id, now])
  return row === undefined ? undefined : { ...row }
}

/** Forgets a file if it has expired by then. How many bytes it had; `undefined` if it stays. */
function forget(database: Database, { id, now }: { readonly id: string; readonly now: number }): number | undefined {
  return database
    .prepare<{ readonly size: number }>('DELETE FROM files WHERE id = ? AND expires <= ? RETURNING size')
    .get([id, now])?.size
}

/** For the thread of a `DatabaseWriter`. */
export const operations = { keep, extend, forget }

export { fileMigrations as migrations } from './schema.ts'
