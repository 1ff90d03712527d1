import { SottoError } from '@sotto/protocol/error'
import { AccountsError } from '../../accounts/accounts-error.ts'

/** Runs something with the browser's storage and lets only typed errors out. */
export async function withAccountsErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    const full = cause instanceof Error && cause.name === 'QuotaExceededError'
    throw new AccountsError(full ? 'accounts.storage-full' : 'accounts.storage-failed', {}, { cause })
  }
}
