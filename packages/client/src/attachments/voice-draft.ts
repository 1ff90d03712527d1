import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { inspectFile } from './inspect.ts'
import { requireApproved } from './require-approved.ts'
import { ATTACHMENT_COLUMNS, attachmentOfRow } from './rows.ts'
import { writeStaged } from './stage.ts'
import { type AttachmentView, viewOfAttachment } from './views.ts'

const VOICE_DRAFT = "state = 'staged' AND kind = 'voice'"

/** What was said and not sent. */
export interface SpokenDraft {
  readonly conversation: ConversationId
  readonly bytes: Uint8Array
}

/**
 * Keeps a recording with its conversation until it is sent, forgotten or replaced, also when the program ends; sealed like all
 * files.
 * @throws {AttachmentsError} `attachments.not-voice`, `attachments.not-approved`
 */
export async function keepVoiceDraft(
  { bytes, conversation }: SpokenDraft,
  context: EngineContext,
): Promise<AttachmentView> {
  const inspected = inspectFile(bytes, 'voice')
  if (inspected.kind !== 'voice') throw new AttachmentsError('attachments.not-voice')
  return writeStaged({ bytes, conversation, inspected, name: undefined }, context, tx => {
    requireApproved(tx, conversation, context)
    tx.run(`DELETE FROM attachments WHERE conversation = ? AND ${VOICE_DRAFT}`, conversation)
  })
}

/** The one that is kept with a conversation, if there is one. */
export function voiceDraftOf(reader: Reader, conversation: ConversationId): AttachmentView | undefined {
  const sql = `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.conversation = ? AND ${VOICE_DRAFT}`
  const row = reader.get(sql, conversation)
  return row && viewOfAttachment(attachmentOfRow(row))
}

/** The conversations that have one. */
export function conversationsWithVoiceDraft(reader: Reader): ReadonlySet<string> {
  const rows = reader.all(`SELECT conversation FROM attachments WHERE ${VOICE_DRAFT}`)
  return new Set(rows.map(row => textOf(row, 'conversation')))
}
