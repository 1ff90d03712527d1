import { type ContentKind } from '@sotto/protocol/message'
import { type MessageHash, type Namespace } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { bytesOf, flagOf, numberOf, optionalNumber, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { type OutboxItem } from './outbox-listener.ts'

/** One message for one swarm, as it is queued. Only its times and attempts ever change. */
export interface SendJob extends OutboxItem {
  readonly lane: string
  readonly namespace: Namespace
  readonly data: Uint8Array
  /** Unix ms: no attempt is made later. */
  readonly expiresAt: number
  readonly attempts: number
  /** Unix ms: no attempt is made earlier. */
  readonly nextAt: number
}

/** A job before it has a number. */
export interface NewJob extends Omit<OutboxItem, 'id'> {
  readonly lane: string
  readonly namespace: Namespace
  readonly data: Uint8Array
  readonly createdAt: number
  readonly expiresAt: number
  /** The job that has to be done first. */
  readonly after: number | undefined
}

/** Returns the number of the job. */
export function insertJob(tx: Tx, job: NewJob): number {
  return tx.run(
    `INSERT INTO outbox (lane, owner, namespace, kind, copy, message, after, data, hash, ttl_ms, created_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    job.lane,
    job.owner,
    job.namespace,
    job.kind,
    job.isCopy ? 1 : 0,
    job.message ?? null,
    job.after ?? null,
    job.data,
    job.hash,
    job.ttlMs,
    job.createdAt,
    job.expiresAt,
  ).lastId
}

/** The first job of a lane that waits for nothing but its time. */
export function nextInLane(reader: Reader, lane: string): SendJob | undefined {
  const row = reader.get(
    `SELECT * FROM outbox AS job WHERE lane = ? AND failed = 0
    AND NOT EXISTS (SELECT 1 FROM outbox AS first WHERE first.id = job.after) ORDER BY id LIMIT 1`,
    lane,
  )
  return row && jobOf(row)
}

/** Lanes in which anything is to be done. */
export function openLanes(reader: Reader): readonly string[] {
  return reader.all('SELECT DISTINCT lane FROM outbox WHERE failed = 0').map(row => textOf(row, 'lane'))
}

/** Lanes of jobs that wait for this one. */
export function lanesAfter(reader: Reader, job: number): readonly string[] {
  return reader.all('SELECT DISTINCT lane FROM outbox WHERE after = ?', job).map(row => textOf(row, 'lane'))
}

/** Whether there still is such a job. */
export function hasJob(reader: Reader, id: number): boolean {
  return reader.get('SELECT 1 FROM outbox WHERE id = ?', id) !== undefined
}

/** Whether there was such a job: it may have been cancelled meanwhile. */
export function removeJob(tx: Tx, id: number): boolean {
  return tx.run('DELETE FROM outbox WHERE id = ?', id).changes > 0
}

/** One more attempt failed; the next is made at `nextAt`. */
export function postponeJob(tx: Tx, id: number, nextAt: number, code: string): void {
  tx.run('UPDATE outbox SET attempts = attempts + 1, next_at = ?, failure = ? WHERE id = ?', nextAt, code, id)
}

/** No attempt is made until the user asks for it. The bytes stay. Whether there was such a job. */
export function failJob(tx: Tx, id: number, code: string): boolean {
  return tx.run('UPDATE outbox SET failed = 1, failure = ? WHERE id = ?', code, id).changes > 0
}

/** Forgets a job that nobody can ask to be tried again, and what waited for it. Whether there was such a job. */
export function dropJob(tx: Tx, id: number): boolean {
  tx.run('DELETE FROM outbox WHERE after = ?', id)
  return removeJob(tx, id)
}

function jobOf(row: SqlRow): SendJob {
  return {
    id: numberOf(row, 'id'),
    lane: textOf(row, 'lane'),
    owner: textOf(row, 'owner') as SwarmOwner,
    namespace: numberOf(row, 'namespace') as Namespace,
    kind: textOf(row, 'kind') as ContentKind,
    isCopy: flagOf(row, 'copy'),
    message: optionalNumber(row, 'message'),
    data: bytesOf(row, 'data'),
    hash: textOf(row, 'hash') as MessageHash,
    ttlMs: numberOf(row, 'ttl_ms'),
    expiresAt: numberOf(row, 'expires_at'),
    attempts: numberOf(row, 'attempts'),
    nextAt: numberOf(row, 'next_at'),
  }
}
