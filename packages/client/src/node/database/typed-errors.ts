import { StorageError, storageErrorOf } from '../../accounts/storage-error.ts'
import { NativeDatabase } from './native.ts'

/** Runs something of the engine and lets only typed errors out. */
export function withTypedErrors<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof StorageError) throw cause
    if (cause instanceof NativeDatabase.SqliteError) throw storageErrorOf(cause.code, cause)
    const closed = cause instanceof TypeError && cause.message.includes('not open')
    throw new StorageError(closed ? 'storage.closed' : 'storage.failed', {}, { cause })
  }
}
