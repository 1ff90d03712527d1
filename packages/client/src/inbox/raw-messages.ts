import { type MessageHash, type Namespace, type StoredMessage } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type ClientLimits } from '../engine/limits.ts'
import { bytesOf, numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/**
 * Why a message is kept as it came. Anyone can fill the first, nobody the others without a key: each has its own bounds.
 * `newer` is sealed in a form that later keys may open.
 */
export type RawReason = 'unopened' | 'newer' | 'not-applied'

/** Where a raw message came from. */
export interface RawPlace {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  readonly receivedAt: number
}

/** Keeps a message raw; the oldest ones of this reason go where there are too many. */
export function keepRaw(
  tx: Tx,
  { owner, namespace, receivedAt }: RawPlace,
  { data, expiry, hash, timestamp }: StoredMessage,
  reason: RawReason,
  limits: ClientLimits,
): void {
  const sql = `INSERT OR IGNORE INTO raw_messages
    (owner, namespace, hash, stored_at, network_expiry, received_at, reason, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  tx.run(sql, owner, namespace, hash, timestamp, expiry, receivedAt, reason, data)
  const over = tx.get(OVER_BOUNDS, reason, limits.rawMessages, limits.rawBytes)
  if (over === undefined) return
  tx.run('DELETE FROM raw_messages WHERE reason = ? AND id <= ?', reason, numberOf(over, 'id'))
}

/** The newest one that is beyond the bounds, counted from the newest of all. */
const OVER_BOUNDS = `SELECT id FROM (
    SELECT id, row_number() OVER newest AS place, sum(length(data)) OVER newest AS bytes
    FROM raw_messages WHERE reason = ? WINDOW newest AS (ORDER BY id DESC)
  ) WHERE place > ? OR bytes > ? ORDER BY id DESC LIMIT 1`

/** A message that was kept raw. */
export interface RawMessage {
  readonly id: number
  readonly message: StoredMessage
}

/** The first ones after a number, to try again when keys or programs have changed. */
export function rawAfter(reader: Reader, owner: SwarmOwner, id: number, count: number): readonly RawMessage[] {
  const sql = 'SELECT * FROM raw_messages WHERE owner = ? AND id > ? ORDER BY id LIMIT ?'
  return reader.all(sql, owner, id, count).map(row => ({
    id: numberOf(row, 'id'),
    message: {
      hash: textOf(row, 'hash') as MessageHash,
      timestamp: numberOf(row, 'stored_at'),
      expiry: numberOf(row, 'network_expiry'),
      data: bytesOf(row, 'data'),
    },
  }))
}

/** It could be opened after all. */
export function removeRaw(tx: Tx, id: number): void {
  tx.run('DELETE FROM raw_messages WHERE id = ?', id)
}

/** Forgets what came before a time (Unix ms). */
export function forgetRaw(tx: Tx, before: number): void {
  tx.run('DELETE FROM raw_messages WHERE received_at < ?', before)
}
