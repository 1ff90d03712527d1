import { AccountsError } from '../../accounts/accounts-error.ts'
import { SottoError } from '@sotto/protocol/error'

/** Runs something with files and lets only typed errors out. */
export function withAccountsErrors<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    throw new AccountsError(full ? 'accounts.storage-full' : 'accounts.storage-failed', {}, { cause })
  }
}
