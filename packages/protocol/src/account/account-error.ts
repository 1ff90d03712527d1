import { SottoError } from '../error/index.ts'

/** Codes of `AccountError`; stable. No spec: the codes are ours. */
export type AccountErrorCode =
  | 'account.bad-id'
  | 'account.bad-group-id'
  | 'account.bad-blinded-id'
  | 'account.bad-unblinded-id'
  | 'account.bad-version-check-id'
  | 'account.unknown-id'
  | 'account.bad-time'

const sentences: Readonly<Record<AccountErrorCode, string>> = {
  'account.bad-id': 'This is not an account id. It has 66 digits and begins with 05.',
  'account.bad-group-id': 'This is not a group id. It has 66 digits and begins with 03.',
  'account.bad-blinded-id': 'This is not a blinded id. It has 66 digits and begins with 15 or 25.',
  'account.bad-unblinded-id': 'This is not an unblinded id. It has 66 digits and begins with 00.',
  'account.bad-version-check-id': 'This is not a version check id. It has 66 digits and begins with 07.',
  'account.unknown-id': 'This is not an id of any kind.',
  'account.bad-time': 'A time has to be a whole number of seconds since 1970.',
}

/** Ids that are none, and requests that cannot be signed. No spec: the codes are ours. */
export class AccountError extends SottoError<AccountErrorCode> {
  override readonly name = 'AccountError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
