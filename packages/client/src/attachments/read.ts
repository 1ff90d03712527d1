import { type EngineContext } from '../engine/context.ts'
import { FileError } from '../files/file-error.ts'
import { type FileRange } from '../files/file-store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { chunksOf, isWhole, readChunks } from './chunks.ts'
import { findAttachment } from './rows.ts'

/**
 * The bytes of a file that is here, or a part of them. One that is missing or damaged beside the database is not here any more,
 * and can perhaps be fetched again.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.not-here`, `attachments.range-too-long`
 * @throws {FileError}
 */
export async function readAttachment(
  id: number,
  range: FileRange,
  { files, store }: EngineContext,
): Promise<Uint8Array> {
  const row = store.read(reader => findAttachment(reader, id))
  if (row === undefined) throw new AttachmentsError('attachments.unknown')
  const { file, manifest } = row
  if (manifest === undefined ? file === undefined : !isWhole(row)) throw new AttachmentsError('attachments.not-here')
  try {
    if (file !== undefined) return await files.read(file, range)
    return await readChunks(
      row,
      store.read(reader => chunksOf(reader, id)),
      range,
      files,
    )
  } catch (error) {
    if (error instanceof FileError && row.url !== undefined) {
      store.write(tx => tx.run("UPDATE attachments SET state = 'evicted', file = NULL WHERE id = ?", id))
    }
    throw error
  }
}
