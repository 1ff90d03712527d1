import { LARGE_CHUNK_BYTES, LARGE_MANIFEST_VERSION, largeChunkBytes, largeChunkCount } from '@sotto/protocol/attachment'
import { releaseBytes } from '@sotto/protocol/crypto'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { isWhole } from './chunks.ts'
import { cleanFileName } from './file-name.ts'
import { detectType, kindOf, UNKNOWN_TYPE } from './file-type.ts'
import { inspectFile } from './inspect.ts'
import { attachmentLimit, requireWithin } from './limit.ts'
import { requireTogether } from './limits.ts'
import { requireApproved } from './require-approved.ts'
import { type AttachmentRow, findAttachment, insertAttachment, stagedFor } from './rows.ts'
import { type AttachmentView, viewOfAttachment } from './views.ts'

/** A large file that the user chose. */
export interface ChosenLarge {
  readonly conversation: ConversationId
  readonly sizeBytes: number
  readonly name: string | undefined
}

/** Some of it: all that one chunk holds. */
export interface LargePiece {
  readonly attachment: number
  readonly offset: number
  readonly bytes: Uint8Array
}

/**
 * Makes room in the list for a file that comes in pieces.
 * @throws {AttachmentsError} `attachments.too-large`, `attachments.much-too-large`, `attachments.too-many`, `attachments.mixed`,
 * `attachments.not-approved`
 */
export function stageLarge(
  tx: Tx,
  { conversation, name, sizeBytes }: ChosenLarge,
  context: EngineContext,
): AttachmentView {
  requireApproved(tx, conversation, context)
  requireWithin(attachmentLimit(tx, conversation, context), sizeBytes)
  // What it is shows its first piece; that it fits is looked at again then.
  requireTogether([...stagedFor(tx, conversation).map(({ kind }) => kind), 'video'])
  const id = insertAttachment(tx, {
    kind: 'file',
    contentType: UNKNOWN_TYPE,
    position: 0,
    conversation,
    sentAt: 0,
    state: 'staged',
    name: cleanFileName(name, UNKNOWN_TYPE),
    sizeBytes,
    manifest: LARGE_MANIFEST_VERSION,
  })
  return viewOfAttachment(requireStaged(tx, id))
}

/**
 * Keeps the next piece of a large file, sealed like all others. Its bytes are given back: nobody can read them afterwards.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.wrong-piece`, and for the first one `attachments.too-large` of a
 * picture, `attachments.too-many`, `attachments.mixed`
 */
export async function stagePiece(piece: LargePiece, { files, store }: EngineContext): Promise<AttachmentView> {
  const { attachment, bytes } = piece
  store.read(reader => requireNext(reader, piece))
  const written = await files.write(bytes)
  try {
    return store.write(tx => {
      const { conversation, name } = requireNext(tx, piece)
      const position = piece.offset / LARGE_CHUNK_BYTES
      if (position === 0) {
        // Screens make pictures smaller, and what a picture says of its place is taken out of smaller ones only.
        if (kindOf(detectType(bytes)) === 'image') throw new AttachmentsError('attachments.too-large')
        const { contentType, kind } = inspectFile(bytes)
        const others = stagedFor(tx, conversation).filter(({ id }) => id !== attachment)
        requireTogether([...others.map(each => each.kind), kind])
        const sql = 'UPDATE attachments SET kind = ?, content_type = ?, name = ? WHERE id = ?'
        tx.run(sql, kind, contentType, cleanFileName(name, contentType), attachment)
      }
      const insert = 'INSERT INTO attachment_chunks (attachment, position, file) VALUES (?, ?, ?)'
      tx.run(insert, attachment, position, files.claim(tx, written))
      return viewOfAttachment(requireStaged(tx, attachment))
    })
  } catch (error) {
    await files.discard(written)
    throw error
  } finally {
    releaseBytes(bytes)
  }
}

function requireNext(reader: Reader, { attachment, bytes, offset }: LargePiece): AttachmentRow {
  const row = requireStaged(reader, attachment)
  const { chunksHere, manifest, sizeBytes = 0 } = row
  const isNext = manifest !== undefined && !isWhole(row) && offset === chunksHere * LARGE_CHUNK_BYTES
  if (!isNext || chunksHere >= largeChunkCount(sizeBytes) || bytes.length !== largeChunkBytes(sizeBytes, chunksHere)) {
    throw new AttachmentsError('attachments.wrong-piece', { offset, length: bytes.length })
  }
  return row
}

function requireStaged(reader: Reader, id: number): AttachmentRow {
  const row = findAttachment(reader, id)
  if (row?.state !== 'staged') throw new AttachmentsError('attachments.unknown')
  return row
}
