import { SottoError } from '@sotto/protocol/error'

/** Codes of `AccountsError`; stable. */
export type AccountsErrorCode =
  | 'account.wrong-passphrase'
  | 'account.passphrase-needed'
  | 'account.bad-passphrase'
  | 'account.damaged'
  | 'account.bad-header'
  | 'account.newer-version'
  | 'account.no-wrapping-key'
  | 'account.in-use'
  | 'account.not-open'
  | 'accounts.unknown'
  | 'accounts.bad-slot'
  | 'accounts.bad-hint'
  | 'accounts.too-many'
  | 'accounts.storage-failed'
  | 'accounts.storage-full'

const sentences: Readonly<Record<AccountsErrorCode, string>> = {
  'account.wrong-passphrase': 'The passphrase is wrong.',
  'account.passphrase-needed': 'This account is protected by a passphrase.',
  'account.bad-passphrase': 'A passphrase has between 1 and 1024 bytes.',
  'account.damaged':
    'The database of this account is damaged. It was set aside and not changed. Restore the account with its recovery words.',
  'account.bad-header': 'The file that holds the key of this account is damaged.',
  'account.newer-version': 'This account was written by a newer version of this program.',
  'account.no-wrapping-key': 'The key that opens this account is not on this device.',
  'account.in-use': 'Another program has this account open.',
  'account.not-open': 'This account is locked.',
  'accounts.unknown': 'There is no such account on this device.',
  'accounts.bad-slot': 'This does not name an account on this device.',
  'accounts.bad-hint': 'A hint has at most 64 characters and no line breaks.',
  'accounts.too-many': 'There are too many accounts on this device.',
  'accounts.storage-failed': 'The place where accounts are kept cannot be read or written.',
  'accounts.storage-full': 'There is no space left where accounts are kept.',
}

/** Accounts of this device that cannot be opened, made or changed. */
export class AccountsError extends SottoError<AccountsErrorCode> {
  override readonly name = 'AccountsError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
