import { type AccountFiles } from './account-files.ts'
import { type AccountSlot } from './account-slot.ts'
import { AccountsError } from './accounts-error.ts'
import { parseKeyHeader } from './key-header.ts'

/** What can be said of an account before it is open. */
export interface AccountListing {
  readonly slot: AccountSlot
  /** `damaged`: its database was set aside, or its header can't be read. Only its recovery words bring it back. */
  readonly state: 'whole' | 'damaged'
  /** Whether a passphrase opens it, or a key that lies on this device. */
  readonly protection: 'passphrase' | 'device'
  readonly hint?: string
}

/** Lists accounts with what their headers say, and removes unfinished ones that nobody is working on. */
export async function listAccounts(files: AccountFiles): Promise<readonly AccountListing[]> {
  const listings: (AccountListing | undefined)[] = []
  for (const { slot, state } of await files.list()) {
    if (state === 'unfinished') await removeUnfinished(files, slot)
    else listings.push(await describe(files, slot, state))
  }
  return listings.filter(listing => listing !== undefined)
}

/** `undefined` if it was removed meanwhile. */
async function describe(
  files: AccountFiles,
  slot: AccountSlot,
  state: 'whole' | 'damaged',
): Promise<AccountListing | undefined> {
  try {
    const bytes = await files.readHeader(slot)
    if (bytes === undefined) return undefined
    const { hint, wrap } = parseKeyHeader(bytes)
    return { slot, state, protection: wrap.kind, ...(hint === undefined ? {} : { hint }) }
  } catch (error) {
    if (!(error instanceof AccountsError) || error.code === 'accounts.storage-failed') throw error
    // A header of a newer version is whole, though not for us.
    return { slot, state: error.code === 'account.newer-version' ? state : 'damaged', protection: 'passphrase' }
  }
}

async function removeUnfinished(files: AccountFiles, slot: AccountSlot): Promise<void> {
  const lock = await files.lock(slot)
  if (lock === undefined) return
  try {
    // Whoever was making it may have finished before the lock was ours.
    if ((await files.readHeader(slot)) === undefined) await files.remove(slot)
  } finally {
    await lock.release()
  }
}
