import { findMessage } from '../messages/rows.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { uploadAgain } from './compose.ts'
import { type AttachmentRow, findAttachment, queueAttachment, settleAttachment } from './rows.ts'

/**
 * Has a file fetched as soon as there is a turn for it. Does nothing where it is here, or on its way.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.not-fetchable`
 */
export function fetchAgain(tx: Tx, id: number): void {
  const { nextAt, state, url } = requireAttachment(tx, id)
  if (state === 'here' || state === 'running' || (state === 'queued' && nextAt === 0)) return
  if (url === undefined) throw new AttachmentsError('attachments.not-fetchable')
  queueAttachment(tx, id)
}

/**
 * Tries again: a download, or everything of a message that was not sent.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.not-fetchable`
 */
export function transferAgain(tx: Tx, id: number): void {
  const { message = 0 } = requireAttachment(tx, id)
  if (findMessage(tx, message)?.state !== 'failed' || !uploadAgain(tx, message)) return fetchAgain(tx, id)
  tx.run("UPDATE messages SET state = 'queued', failure = NULL WHERE id = ?", message)
}

/**
 * Stops a download, which can be begun again. Of an upload the whole message is held back: it counts as not sent.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.not-running`
 */
export function cancelTransfer(tx: Tx, id: number): void {
  const { message = 0, state, url } = requireAttachment(tx, id)
  if (state !== 'queued' && state !== 'running') throw new AttachmentsError('attachments.not-running')
  if (url !== undefined) return settleAttachment(tx, id, 'stopped')
  const sql = "UPDATE messages SET state = 'failed', failure = 'attachments.cancelled' WHERE id = ?"
  tx.run(sql, message)
  const held = "UPDATE attachments SET state = 'failed', failure = 'attachments.cancelled' WHERE message = ?"
  tx.run(`${held} AND state IN ('queued', 'running')`, message)
}

function requireAttachment(reader: Reader, id: number): AttachmentRow {
  const row = findAttachment(reader, id)
  if (row === undefined) throw new AttachmentsError('attachments.unknown')
  return row
}
