import { type ConversationId } from '../engine/conversation-id.ts'
import { evictableBytes, usedBytes } from '../attachments/room.ts'
import { ATTACHMENT_FILES } from '../attachments/rows.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'

/** What an account takes up on this device. */
export interface StorageUsage {
  /** Without the log that is written before the file. */
  readonly databaseBytes: number
  /** Files of messages and pictures of people. */
  readonly fileBytes: number
  readonly messages: number
  /** Those with the longest texts first. */
  readonly conversations: readonly ConversationUsage[]
}

/** Of one conversation that has any messages. */
export interface ConversationUsage {
  readonly conversation: ConversationId
  readonly messages: number
  /** Of texts and of what else belongs to the messages; indexes come on top. */
  readonly textBytes: number
  /** Of files of messages. */
  readonly fileBytes: number
  /** Of those that their server still has. */
  readonly fetchableBytes: number
}

/** A quarter of a second for 100,000 messages. `now` is Unix ms. */
export function storageUsage(reader: Reader, now: number): StorageUsage {
  const conversations = usageOf(reader, now)
  return {
    databaseBytes: pragma(reader, 'page_count') * pragma(reader, 'page_size'),
    fileBytes: usedBytes(reader),
    messages: conversations.reduce((sum, { messages }) => sum + messages, 0),
    conversations,
  }
}

/** The lengths stand at the beginning of each row, so no text is read; in the order of the file, as an index would jump about in it. */
function usageOf(reader: Reader, now: number): readonly ConversationUsage[] {
  const sql = `SELECT conversation, count(*) AS n,
    sum(coalesce(octet_length(body), 0) + coalesce(octet_length(content), 0)) AS bytes
    FROM messages NOT INDEXED GROUP BY conversation ORDER BY bytes DESC, conversation`
  const files = filesOf(reader)
  const fetchable = evictableBytes(reader, now)
  return reader.all(sql).map(row => ({
    conversation: textOf(row, 'conversation') as ConversationId,
    fileBytes: files.get(textOf(row, 'conversation')) ?? 0,
    fetchableBytes: fetchable.get(textOf(row, 'conversation')) ?? 0,
    messages: numberOf(row, 'n'),
    textBytes: numberOf(row, 'bytes'),
  }))
}

/** Of files of messages, in bytes, by conversation. */
export function filesOf(reader: Reader): ReadonlyMap<string, number> {
  const sql = `SELECT a.conversation, sum(f.size_bytes) AS bytes FROM attachments a JOIN ${ATTACHMENT_FILES} o
    ON o.attachment = a.id JOIN files f ON f.id = o.file WHERE a.message IS NOT NULL GROUP BY a.conversation`
  return new Map(reader.all(sql).map(row => [textOf(row, 'conversation'), numberOf(row, 'bytes')]))
}

function pragma(reader: Reader, name: 'page_count' | 'page_size'): number {
  return numberOf(reader.get(`PRAGMA ${name}`) ?? {}, name)
}
