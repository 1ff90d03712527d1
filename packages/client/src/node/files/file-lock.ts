import { type ExclusiveLock } from '../../accounts/account-files.ts'
import { NativeDatabase } from '../database/native.ts'

/**
 * Takes a lock of the operating system on an empty file, by way of SQLite, which knows how on every system. The system gives
 * it back when the process ends, however it ends. `undefined` while somebody has it, in this process or another one.
 */
export function takeFileLock(path: string): ExclusiveLock | undefined {
  const file = new NativeDatabase(path, { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof NativeDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
  return {
    release: async () => {
      file.close()
    },
  }
}
