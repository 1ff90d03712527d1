import { type EngineContext } from '../engine/context.ts'
import { type ContentTable, type ReceiveContent, type Received } from '../engine/feature.ts'
import { messageOfRow, type MessageRow } from '../messages/rows.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { tryDecode } from './parts.ts'

/** Rises with each version of the program that can do something about contents which the one before could not. */
export const CONTENT_VERSION = 1

/** Which version has read what is kept. */
const MARK = 'content-version'
/** So many in one transaction: others get a turn. */
const MAX_AT_ONCE = 100

/** Whether a version looked at what is kept that knew less than this one. */
export function isReadByOlder(reader: Reader, version: number): boolean {
  const row = reader.get('SELECT value FROM settings WHERE name = ?', MARK)
  return row === undefined || Number(textOf(row, 'value')) < version
}

/** Notes that this version has looked at everything. */
export function markRead(tx: Tx, version: number): void {
  tx.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', MARK, String(version))
}

/**
 * Reads some of the rows after `after` once more that could not be shown: what `readers` take now is given to them in place of the
 * row. Returns the last row that was looked at; `undefined` when there are no more.
 */
export function readAgain(tx: Tx, after: number, readers: ContentTable, context: EngineContext): number | undefined {
  const sql = `SELECT * FROM messages WHERE id > ? AND kind = 'unsupported' AND content IS NOT NULL AND deleted = 'no'
    ORDER BY id LIMIT ?`
  const rows = tx.all(sql, after, MAX_AT_ONCE)
  for (const row of rows) giveAgain(tx, messageOfRow(row), readers, context)
  const last = rows.at(-1)
  return last && numberOf(last, 'id')
}

function giveAgain(tx: Tx, row: MessageRow, readers: ContentTable, context: EngineContext): void {
  const content = row.content && tryDecode(row.content)
  const read = content && (readers[content.kind] as ReceiveContent | undefined)
  if (content === undefined || read === undefined || row.hash === undefined) return
  tx.run('DELETE FROM messages WHERE id = ?', row.id)
  const received = {
    content,
    sender: row.sender,
    fromSelf: row.outgoing,
    conversation: row.conversation,
    sentAt: row.sentAt,
    hash: row.hash,
    networkExpiry: row.networkExpiry ?? row.receivedAt,
    receivedAt: row.receivedAt,
    digest: row.digest,
    size: row.content?.length ?? 0,
  }
  // The content is of the kind that it says: that is all that the type of `Received` asks for.
  read(tx, received as Received, context)
}
