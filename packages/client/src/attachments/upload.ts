import {
  fileInfoRequest,
  formatFileUrl,
  LegacyAttachmentKey,
  parseFileInfo,
  parseUploadReply,
  sealLegacyAttachment,
  uploadRequest,
} from '@sotto/protocol/attachment'
import { type EngineContext } from '../engine/context.ts'
import { FileError } from '../files/file-error.ts'
import { askFileServer, type FileServerCall } from './ask-file-server.ts'
import { AttachmentsError } from './attachments-error.ts'
import { type AttachmentRow } from './rows.ts'

/** Where a file lies, and what its bytes there are. */
export interface Uploaded {
  readonly url: string
  readonly digest: Uint8Array
}

/**
 * Brings a file to the server of the account and looks that all of it is there. The bytes are the same each time: key and IV were
 * drawn once for this file, and the file never changes. Spec 10 §6.2, spec 70 D19.
 * @throws {AttachmentsError} `attachments.not-kept`, and those of `askFileServer`
 */
export async function uploadAttachment(
  { file, iv, key }: AttachmentRow,
  { fileServer, files }: EngineContext,
  via: Pick<FileServerCall, 'session' | 'signal'>,
): Promise<Uploaded> {
  if (file === undefined || iv === undefined || key === undefined) throw new FileError('file.missing')
  const server = fileServer()
  const { blob, digest } = sealLegacyAttachment(await files.read(file), new LegacyAttachmentKey(key), iv)
  const reply = await askFileServer({ ...via, server, request: uploadRequest(), body: blob })
  const { id } = parseUploadReply(reply)
  await requireKept(blob.length, { ...via, server, request: fileInfoRequest(id) })
  return { url: formatFileUrl({ server, id, deterministic: false }), digest }
}

async function requireKept(sizeBytes: number, call: FileServerCall): Promise<void> {
  const info = await askFileServer(call).catch((error: unknown) => {
    const isGone = error instanceof AttachmentsError && error.code === 'attachments.gone'
    throw isGone ? new AttachmentsError('attachments.not-kept', {}, { cause: error }) : error
  })
  const kept = parseFileInfo(info).sizeBytes
  if (kept !== sizeBytes) throw new AttachmentsError('attachments.not-kept', { sizeBytes, kept })
}
