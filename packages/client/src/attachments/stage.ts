import { MAX_ATTACHMENT_BYTES } from '@sotto/protocol/attachment'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { cleanFileName } from './file-name.ts'
import { inspectFile, type Inspected } from './inspect.ts'
import { requireTogether } from './limits.ts'
import { requireApproved } from './require-approved.ts'
import { findAttachment, insertAttachment, stagedFor } from './rows.ts'
import { stripFile } from './strip-file.ts'
import { type AttachmentView, viewOfAttachment } from './views.ts'

/** A file that the user chose. */
export interface Chosen {
  readonly conversation: ConversationId
  readonly bytes: Uint8Array
  readonly name: string | undefined
}

/** A file that was chosen. */
export interface StagedAttachment extends AttachmentView {
  /** Whether it says nothing of where, when and with what it was made; `false` where that is not known how to be taken away. */
  readonly isStripped: boolean
}

/**
 * Keeps a file that is to be sent, without what it says beside its content, sealed like all others.
 * @throws {AttachmentsError} `attachments.empty`, `attachments.too-large`, `attachments.too-many`, `attachments.mixed`,
 * `attachments.bad-image`, `attachments.not-approved`
 */
export async function stageFile(
  { bytes, conversation, name }: Chosen,
  context: EngineContext,
): Promise<StagedAttachment> {
  if (bytes.length === 0) throw new AttachmentsError('attachments.empty')
  const { bytes: stripped, isStripped } = stripFile(bytes)
  if (stripped.length > MAX_ATTACHMENT_BYTES) {
    throw new AttachmentsError('attachments.too-large', { length: stripped.length })
  }
  const inspected = inspectFile(stripped)
  const check = (reader: Reader): void => {
    requireApproved(reader, conversation, context)
    requireTogether([...stagedFor(reader, conversation).map(({ kind }) => kind), inspected.kind])
  }
  context.store.read(check)
  const view = await writeStaged({ bytes: stripped, conversation, inspected, name }, context, check)
  return { ...view, isStripped }
}

/** What is kept until it is sent. */
export interface ToKeep extends Chosen {
  readonly inspected: Inspected
}

/** Seals it and notes it, if `prepare` lets it in the same transaction. */
export async function writeStaged(
  { bytes, conversation, inspected, name }: ToKeep,
  { files, store }: EngineContext,
  prepare: (tx: Tx) => void,
): Promise<AttachmentView> {
  const written = await files.write(bytes)
  try {
    return store.write(tx => {
      prepare(tx)
      const id = insertAttachment(tx, {
        ...inspected,
        position: 0,
        conversation,
        sentAt: 0,
        state: 'staged',
        name: cleanFileName(name, inspected.contentType),
        sizeBytes: bytes.length,
        file: files.claim(tx, written),
      })
      const row = findAttachment(tx, id)
      if (row === undefined) throw new AttachmentsError('attachments.unknown')
      return viewOfAttachment(row)
    })
  } catch (error) {
    await files.discard(written)
    throw error
  }
}

/** Forgets files that were chosen and not sent. Nobody remembers them after the program has ended; what was said is a draft. */
export function forgetStaged(tx: Tx): void {
  tx.run("DELETE FROM attachments WHERE state = 'staged' AND kind != 'voice'")
}
