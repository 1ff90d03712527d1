import { SottoError } from '@sotto/protocol/error'

/** Codes of `StoreError`; stable. */
export type StoreErrorCode =
  | 'store.newer-schema'
  | 'store.broken-schema'
  | 'store.bad-column'
  | 'store.nested-transaction'
  | 'store.asynchronous-transaction'
  | 'store.closed'

const sentences: Readonly<Record<StoreErrorCode, string>> = {
  'store.newer-schema': 'This account was written by a newer version of the program.',
  'store.broken-schema': 'The database of this account does not say which version wrote it.',
  'store.bad-column': 'The database holds something that no version of the program writes.',
  'store.nested-transaction': 'A change was begun in the middle of another one.',
  'store.asynchronous-transaction': 'A change of the database waited for something outside of it.',
  'store.closed': 'The account is closed.',
}

/** A database that cannot be used, or is used in a way that would break it. */
export class StoreError extends SottoError<StoreErrorCode> {
  override readonly name = 'StoreError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
