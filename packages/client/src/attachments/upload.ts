import { formatFileUrl, LegacyAttachmentKey, sealLegacyAttachment } from '@sotto/protocol/attachment'
import { type EngineContext } from '../engine/context.ts'
import { FileError } from '../files/file-error.ts'
import { bringToServer } from './bring-to-server.ts'
import { type AttachmentRow } from './rows.ts'
import { type TransferWay } from './transfer-way.ts'

/** Where a file lies, and what its bytes there are. */
export interface Uploaded {
  readonly url: string
  /** Absent where the key alone is enough. */
  readonly digest: Uint8Array | undefined
  /** Where it was not drawn before. */
  readonly key?: Uint8Array
}

/**
 * Brings a file to the server of the account. The bytes are the same each time: key and IV were drawn once for this file, and the
 * file never changes. Spec 10 §6.2.
 * @throws {FileError} `file.missing`, `file.damaged`, and those of `bringToServer`
 */
export async function uploadAttachment(
  { file, iv, key }: AttachmentRow,
  { fileServer, files }: EngineContext,
  via: TransferWay,
): Promise<Uploaded> {
  if (file === undefined || iv === undefined || key === undefined) throw new FileError('file.missing')
  const server = fileServer()
  const { blob, digest } = sealLegacyAttachment(await files.read(file), new LegacyAttachmentKey(key), iv)
  const { onProgress, ...way } = via
  const id = await bringToServer(blob, { ...way, server, onProgress: bytes => onProgress(bytes, blob.length) })
  return { url: formatFileUrl({ server, id, deterministic: false }), digest }
}
