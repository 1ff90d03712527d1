import { SottoError } from '@sotto/protocol/error'

/** Codes of `ExpiryError`; stable. */
export type ExpiryErrorCode = 'expiry.bad-timer' | 'expiry.not-for-notes'

const sentences: Readonly<Record<ExpiryErrorCode, string>> = {
  'expiry.bad-timer': 'Messages can disappear after 10 seconds at the earliest, and after two weeks at the latest.',
  'expiry.not-for-notes': 'Notes to yourself can only disappear some time after they were written.',
}

/** Settings of disappearing messages that cannot be. */
export class ExpiryError extends SottoError<ExpiryErrorCode> {
  override readonly name = 'ExpiryError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
