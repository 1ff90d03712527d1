import { StorageError } from '../../accounts/storage-error.ts'

/** Runs something of the engine and lets only typed errors out, also when the engine itself breaks down. */
export function withTypedErrors<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof StorageError) throw cause
    const engine = cause instanceof Error && cause.name === 'RuntimeError'
    throw new StorageError('storage.failed', { engine }, { cause })
  }
}
