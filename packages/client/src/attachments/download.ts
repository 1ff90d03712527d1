import {
  downloadRequest,
  type FileUrl,
  LegacyAttachmentKey,
  MAX_BLOB_BYTES,
  openDeterministicFile,
  openLegacyAttachment,
  parseFileUrl,
} from '@sotto/protocol/attachment'
import { SymmetricKey } from '@sotto/protocol/crypto'
import { askFileServer } from './ask-file-server.ts'
import { AttachmentsError } from './attachments-error.ts'
import { type AttachmentRow } from './rows.ts'
import { type TransferWay } from './transfer-way.ts'

/**
 * Fetches a file from the server that its address names, through the network, and opens it: nothing of it is looked at before all
 * of it was authenticated. Spec 10 §6.2 to §6.4.
 * @throws {AttachmentsError} `attachments.wrong-size`, `attachments.no-address`, and those of `askFileServer`
 * @throws {FileServerError} @throws {AttachmentError} @throws {CryptoError} `crypto.bad-length`
 */
export async function downloadAttachment(row: AttachmentRow, { onProgress, ...via }: TransferWay): Promise<Uint8Array> {
  if (row.url === undefined) throw new AttachmentsError('attachments.no-address')
  const address = parseFileUrl(row.url)
  const replyBytes = Math.min(row.sizeBytes ?? MAX_BLOB_BYTES, MAX_BLOB_BYTES)
  const request = downloadRequest(address.id)
  const { body: blob } = await askFileServer({
    ...via,
    server: address.server,
    request,
    replyBytes,
    onProgress: bytes => onProgress(bytes, replyBytes),
  })
  return open(blob, row, address)
}

function open(blob: Uint8Array, { digest, key, sizeBytes }: AttachmentRow, { deterministic }: FileUrl): Uint8Array {
  if (key === undefined) throw new AttachmentsError('attachments.bad-key')
  if (!deterministic) {
    if (sizeBytes === undefined) throw new AttachmentsError('attachments.wrong-size')
    return openLegacyAttachment(blob, { key: new LegacyAttachmentKey(key), digest, sizeBytes })
  }
  const bytes = openDeterministicFile(blob, new SymmetricKey(key))
  if (sizeBytes !== undefined && bytes.length !== sizeBytes) {
    throw new AttachmentsError('attachments.wrong-size', { sizeBytes, length: bytes.length })
  }
  return bytes
}
