import { SottoError } from '@sotto/protocol/error'

/** Codes of `DeletionError`; stable. */
export type DeletionErrorCode = 'deletion.not-own' | 'deletion.not-a-message' | 'deletion.not-confirmed'

const sentences: Readonly<Record<DeletionErrorCode, string>> = {
  'deletion.not-own': 'Only your own messages can be deleted for everyone.',
  'deletion.not-a-message': 'This can only be deleted on this device.',
  'deletion.not-confirmed': 'The network did not confirm that everything is deleted.',
}

/** What cannot be deleted, or is not known to be. The detail may have `confirmed` and `members`, numbers of nodes. */
export class DeletionError extends SottoError<DeletionErrorCode> {
  override readonly name = 'DeletionError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
