import { SottoError } from '@sotto/protocol/error'

/** Codes of `StorageError`; stable. */
export type StorageErrorCode =
  | 'storage.full'
  | 'storage.io'
  | 'storage.read-only'
  | 'storage.damaged'
  | 'storage.busy'
  | 'storage.constraint'
  | 'storage.cannot-open'
  | 'storage.closed'
  | 'storage.failed'

const sentences: Readonly<Record<StorageErrorCode, string>> = {
  'storage.full': 'There is no space left for the messages: make room on the disk.',
  'storage.io': 'The disk that holds the messages reports errors.',
  'storage.read-only': 'The messages cannot be written to: check the rights of their folder.',
  'storage.damaged': 'The database of this account is damaged.',
  'storage.busy': 'Another program has the database of this account open.',
  'storage.constraint': 'The change does not fit what is stored already.',
  'storage.cannot-open': 'The database of this account cannot be opened.',
  'storage.closed': 'This account is locked.',
  'storage.failed': 'The database did not do what it was asked to.',
}

/** A database that did not do as it should. `cause` is SQLite's own error; its text is for developers only. */
export class StorageError extends SottoError<StorageErrorCode> {
  override readonly name = 'StorageError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

/** By SQLite's names of its primary result codes and their numbers, which the two engines give. */
const codes: ReadonlyMap<string | number, StorageErrorCode> = new Map<string | number, StorageErrorCode>([
  ['PERM', 'storage.cannot-open'],
  [3, 'storage.cannot-open'],
  ['BUSY', 'storage.busy'],
  [5, 'storage.busy'],
  ['LOCKED', 'storage.busy'],
  [6, 'storage.busy'],
  ['READONLY', 'storage.read-only'],
  [8, 'storage.read-only'],
  ['IOERR', 'storage.io'],
  [10, 'storage.io'],
  ['CORRUPT', 'storage.damaged'],
  [11, 'storage.damaged'],
  ['FULL', 'storage.full'],
  [13, 'storage.full'],
  ['CANTOPEN', 'storage.cannot-open'],
  [14, 'storage.cannot-open'],
  ['CONSTRAINT', 'storage.constraint'],
  [19, 'storage.constraint'],
  ['MISMATCH', 'storage.constraint'],
  [20, 'storage.constraint'],
  ['NOTADB', 'storage.damaged'],
  [26, 'storage.damaged'],
])

/** The typed form of what SQLite said: `SQLITE_IOERR_FSYNC`, or an extended result code. */
export function storageErrorOf(said: string | number, cause: unknown): StorageError {
  const primary = typeof said === 'number' ? said & 0xff : (said.split('_')[1] ?? '')
  return new StorageError(codes.get(primary) ?? 'storage.failed', {}, { cause })
}
