import { FILE_LIFETIME_MS } from '@sotto/protocol/attachment'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { ATTACHMENT_FILES } from './rows.ts'

/** Servers keep files for a time; with a day to spare they are surely there. */
const SPARE_MS = 86_400_000
/** Ids begin with 1. */
const NOBODY = 0

const EVICTABLE = `FROM attachments a JOIN ${ATTACHMENT_FILES} o ON o.attachment = a.id JOIN files f ON f.id = o.file
  WHERE a.state = 'here' AND a.url IS NOT NULL AND a.sent_at > ? AND a.id != ?`

/** Whether there is room for so many bytes more, or can be made. */
export function hasRoomFor(reader: Reader, sizeBytes: number, context: EngineContext): boolean {
  const { limits, time } = context
  const sql = `SELECT coalesce(sum(f.size_bytes), 0) AS bytes ${EVICTABLE}`
  const evictable = numberOf(reader.get(sql, fetchableSince(time.now()), NOBODY) ?? { bytes: 0 }, 'bytes')
  return usedBytes(reader) - evictable + sizeBytes <= limits.fileBytes
}

/** How much of a file is here. */
export function bytesHere(reader: Reader, attachment: number): number {
  const sql = `SELECT coalesce(sum(f.size_bytes), 0) AS bytes FROM ${ATTACHMENT_FILES} o JOIN files f ON f.id = o.file
    WHERE o.attachment = ?`
  return numberOf(reader.get(sql, attachment) ?? { bytes: 0 }, 'bytes')
}

/** Removes the oldest files that can be fetched again, until the rest fits; never the one that just came. */
export function makeRoom(tx: Tx, newest: number, { limits, time }: EngineContext): void {
  let excess = usedBytes(tx) - limits.fileBytes
  if (excess <= 0) return
  const sql = `SELECT a.id, sum(f.size_bytes) AS size_bytes ${EVICTABLE} GROUP BY a.id ORDER BY a.sent_at, a.id`
  for (const row of tx.all(sql, fetchableSince(time.now()), newest)) {
    if (excess <= 0) return
    evict(tx, numberOf(row, 'id'))
    excess -= numberOf(row, 'size_bytes')
  }
}

/** Removes the files of a conversation that can be fetched again. */
export function freeRoom(tx: Tx, conversation: ConversationId, { time }: EngineContext): void {
  const sql = `SELECT DISTINCT a.id ${EVICTABLE} AND a.conversation = ?`
  for (const row of tx.all(sql, fetchableSince(time.now()), NOBODY, conversation)) evict(tx, numberOf(row, 'id'))
}

/** How many bytes could be fetched again, by conversation. */
export function evictableBytes(reader: Reader, now: number): ReadonlyMap<string, number> {
  const sql = `SELECT a.conversation, sum(f.size_bytes) AS bytes ${EVICTABLE} GROUP BY a.conversation`
  const rows = reader.all(sql, fetchableSince(now), NOBODY)
  return new Map(rows.map(row => [textOf(row, 'conversation'), numberOf(row, 'bytes')]))
}

/** All files of the account. */
export function usedBytes(reader: Reader): number {
  return numberOf(reader.get('SELECT coalesce(sum(size_bytes), 0) AS bytes FROM files') ?? { bytes: 0 }, 'bytes')
}

function evict(tx: Tx, id: number): void {
  tx.run("UPDATE attachments SET state = 'evicted', file = NULL WHERE id = ?", id)
}

function fetchableSince(now: number): number {
  return now - FILE_LIFETIME_MS + SPARE_MS
}
