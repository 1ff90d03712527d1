import { AccountSeed, type AccountKeys, deriveAccountKeys } from '@sotto/protocol/account'
import { wipeBytes } from '@sotto/protocol/crypto'
import { ClientError } from '../engine/client-error.ts'
import { bytesOf, numberOf } from '../store/columns.ts'
import { type Reader, type Store, type Tx } from '../store/store.ts'

/** Whether a store belongs to an account yet. */
export function hasAccount(store: Store): boolean {
  return store.read(reader => reader.get('SELECT 1 FROM account') !== undefined)
}

/**
 * The keys of the account that a store belongs to.
 * @throws {ClientError} `client.no-account`
 */
export function readAccountKeys(store: Store): AccountKeys {
  const seed = store.read(readSeed)
  const keys = deriveAccountKeys(seed)
  seed.wipe()
  return keys
}

/**
 * The seed of the account, to be wiped after use.
 * @throws {ClientError} `client.no-account`
 */
export function readSeed(reader: Reader): AccountSeed {
  const row = reader.get('SELECT seed FROM account')
  if (row === undefined) throw new ClientError('client.no-account')
  const bytes = bytesOf(row, 'seed')
  const seed = new AccountSeed(bytes)
  wipeBytes(bytes)
  return seed
}

/** Own times may be ahead of the network by this much before they are taken for those of a wrong clock. */
const MAX_AHEAD_MS = 120_000

/**
 * The next time for an own message: `now`, or 1 ms after the last one, with `lead` ms of room before it. Times that were
 * given under a clock far ahead are left behind once the clock is right. Spec 10 §7.3.
 */
export function takeSentAt(tx: Tx, now: number, lead = 0): number {
  const last = numberOf(tx.get('SELECT last_sent_at FROM account') ?? { last_sent_at: 0 }, 'last_sent_at')
  const floor = last > now + MAX_AHEAD_MS ? now : Math.max(now, last + 1)
  const sentAt = lead === 0 ? floor : Math.max(floor, last + 1 + lead)
  const taken = last > now + MAX_AHEAD_MS ? now + lead : sentAt
  tx.run('UPDATE account SET last_sent_at = ?', taken)
  return taken
}
