import { AccountSeed, type AccountKeys, deriveAccountKeys } from '@sotto/protocol/account'
import { wipeBytes } from '@sotto/protocol/crypto'
import { ClientError } from '../engine/client-error.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { bytesOf, flagOf, numberOf, optionalText } from '../store/columns.ts'
import { type Reader, type Store, type Tx } from '../store/store.ts'

/** How the account came to this device. Written when its database was made. */
export interface Origin {
  readonly name: string | undefined
  /** Unix ms, by the device's clock. */
  readonly createdAt: number
  readonly restored: boolean
}

/** @throws {ClientError} `client.no-account` */
export function readOrigin(reader: Reader): Origin {
  const row = reader.get('SELECT name, created_at, restored FROM account_origin')
  if (row === undefined) throw new ClientError('client.no-account')
  return { name: optionalText(row, 'name'), createdAt: numberOf(row, 'created_at'), restored: flagOf(row, 'restored') }
}

/**
 * The seed of the account, to be wiped after use.
 * @throws {ClientError} `client.no-account`
 */
export function readSeed(reader: Reader): AccountSeed {
  const row = reader.get('SELECT seed FROM account_origin')
  if (row === undefined) throw new ClientError('client.no-account')
  const bytes = bytesOf(row, 'seed')
  const seed = new AccountSeed(bytes)
  wipeBytes(bytes)
  return seed
}

/**
 * The keys of the account whose store this is. The first time, the profile is begun with the name that was given when the
 * account was made.
 * @throws {ClientError} `client.no-account` if nobody has said whose store this is
 */
export function openAccount(store: Store): AccountKeys {
  if (!store.read(hasOrigin)) throw new ClientError('client.no-account')
  const seed = store.read(readSeed)
  const keys = deriveAccountKeys(seed)
  seed.wipe()
  if (store.read(reader => reader.get('SELECT 1 FROM account')) === undefined) {
    store.write(tx => begin(tx, keys))
  }
  return keys
}

/** Own times may be ahead of the network by this much before they are taken for those of a wrong clock. */
const MAX_AHEAD_MS = 120_000

/**
 * The next time for an own message: `now`, or 1 ms after the last one, with `lead` ms of room before it. Times that were
 * given under a clock far ahead are left behind once the clock is right. Spec 10 §7.3.
 */
export function takeSentAt(tx: Tx, now: number, lead = 0): number {
  const last = numberOf(tx.get('SELECT last_sent_at FROM account') ?? { last_sent_at: 0 }, 'last_sent_at')
  const earliest = last > now + MAX_AHEAD_MS ? 0 : last + 1
  const sentAt = Math.max(now, earliest + lead)
  tx.run('UPDATE account SET last_sent_at = ?', sentAt)
  return sentAt
}

/** How far others' clocks may be ahead and still be followed: network time is good to a round trip. */
const MAX_FOLLOWED_MS = 5000

/**
 * Makes the next own time later than that of a message that was seen, so that an answer never stands before what it answers. Only
 * a little: nobody may push this account's times into the future.
 */
export function followSentAt(tx: Tx, seen: number, now: number): void {
  if (seen <= now || seen > now + MAX_FOLLOWED_MS) return
  tx.run('UPDATE account SET last_sent_at = max(last_sent_at, ?)', seen)
}

function hasOrigin(reader: Reader): boolean {
  return reader.get("SELECT 1 FROM sqlite_master WHERE name = 'account_origin'") !== undefined
}

function begin(tx: Tx, { accountId }: AccountKeys): void {
  const { name, createdAt } = readOrigin(tx)
  const updatedAt = name === undefined ? 0 : Math.floor(createdAt / 1000)
  tx.run('INSERT INTO account (id, account_id) VALUES (1, ?)', accountId)
  tx.run('INSERT INTO profile (id, name, updated_at_seconds) VALUES (1, ?, ?)', name ?? null, updatedAt)
  if (name === undefined) return
  recordDecision(tx, { namespace: journalOf.userProfile, subject: '', field: 'n', value: name }, createdAt)
}
