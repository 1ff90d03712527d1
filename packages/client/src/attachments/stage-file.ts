import { LARGE_CHUNK_BYTES, MAX_ATTACHMENT_BYTES } from '@sotto/protocol/attachment'
import { releaseBytes } from '@sotto/protocol/crypto'
import { type TypedClient } from '../typed-client.ts'
import { detectType, kindOf } from './file-type.ts'
import { requireWithin } from './limit.ts'
import { type StagedAttachment } from './stage.ts'
import { stripSource } from './strip-file.ts'
import { type AttachmentView } from './views.ts'

/** A file that was chosen and is not read yet: a `File` of a browser, a path. */
export interface FileToStage {
  readonly conversation: string
  readonly name: string
  readonly sizeBytes: number
  /** So many bytes from a position, all of them, in an array of their own: its memory is given back. */
  readonly read: (at: number, length: number) => Promise<Uint8Array>
  /** Told how many bytes are kept so far. */
  readonly onProgress?: (doneBytes: number) => void
  /** Gives up; what was kept is forgotten. */
  readonly signal?: AbortSignal
}

/** Pictures lose some bytes before they are measured. */
const MAX_PICTURE_BYTES = MAX_ATTACHMENT_BYTES + 2_000_000
const HEAD_BYTES = 64

/**
 * Keeps a file that is to be sent, whatever its length, with a few MiB of it in memory at a time. One that is too long is refused
 * before it is read.
 * @throws {AttachmentsError} those of `attachments.stage` and `attachments.stage-large`, and what `read` throws
 */
export async function stageFile(client: TypedClient, file: FileToStage): Promise<StagedAttachment> {
  const { conversation, name, sizeBytes } = file
  if (sizeBytes <= MAX_ATTACHMENT_BYTES || (sizeBytes <= MAX_PICTURE_BYTES && (await isPicture(file)))) {
    return client.command('attachments.stage', { conversation, bytes: await file.read(0, sizeBytes), name })
  }
  requireWithin(await client.query('attachments.limit', { conversation }), sizeBytes)
  const { id: attachment } = await client.command('attachments.stage-large', { conversation, sizeBytes, name })
  try {
    const { isStripped, read } = await stripSource(file)
    return { ...(await stagePieces(client, attachment, { ...file, read })), isStripped }
  } catch (error) {
    await client.command('attachments.unstage', { attachment }).catch(() => undefined)
    throw error
  }
}

async function stagePieces(client: TypedClient, attachment: number, file: FileToStage): Promise<AttachmentView> {
  const { onProgress, read, signal, sizeBytes } = file
  for (let offset = 0; ; offset += LARGE_CHUNK_BYTES) {
    signal?.throwIfAborted()
    const length = Math.min(LARGE_CHUNK_BYTES, sizeBytes - offset)
    const bytes = await read(offset, length)
    const view = await client.command('attachments.stage-piece', { attachment, offset, bytes })
    releaseBytes(bytes)
    onProgress?.(offset + length)
    if (view.state === 'staged') return view
  }
}

async function isPicture({ read }: FileToStage): Promise<boolean> {
  return kindOf(detectType(await read(0, HEAD_BYTES))) === 'image'
}
