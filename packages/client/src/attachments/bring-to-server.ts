import {
  type FileId,
  fileInfoRequest,
  parseFileInfo,
  parseUploadReply,
  uploadRequest,
} from '@sotto/protocol/attachment'
import { askFileServer, type FileServerCall } from './ask-file-server.ts'
import { AttachmentsError } from './attachments-error.ts'

/**
 * Brings an encrypted file to a server, and looks that all of it is there. Spec 70 D19.
 * @throws {AttachmentsError} `attachments.not-kept`, and those of `askFileServer`
 * @throws {FileServerError} `file-server.bad-reply` @throws {NetworkError}
 */
export async function bringToServer(
  blob: Uint8Array,
  { onProgress, ...to }: Pick<FileServerCall, 'session' | 'server' | 'signal' | 'onProgress'>,
): Promise<FileId> {
  const uploaded = await askFileServer({ ...to, request: uploadRequest(), body: blob, onProgress })
  const { id } = parseUploadReply(uploaded.body)
  const kept = await keptBytes({ ...to, request: fileInfoRequest(id) })
  if (kept !== blob.length) throw new AttachmentsError('attachments.not-kept', { sizeBytes: blob.length, kept })
  return id
}

async function keptBytes(call: FileServerCall): Promise<number> {
  try {
    const { body } = await askFileServer(call)
    return parseFileInfo(body).sizeBytes
  } catch (error) {
    const isGone = error instanceof AttachmentsError && error.code === 'attachments.gone'
    throw isGone ? new AttachmentsError('attachments.not-kept', {}, { cause: error }) : error
  }
}
