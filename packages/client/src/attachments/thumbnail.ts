import { type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { detectType, kindOf } from './file-type.ts'

/** A small picture of a file. */
export interface Thumbnail {
  readonly attachment: number
  readonly bytes: Uint8Array
  /** In pixels, of what it was made of. */
  readonly width: number | undefined
  readonly height: number | undefined
}

/**
 * Keeps it with the file. Of films nobody here can tell how large they are: then whoever made it says so, and the message with it.
 * @throws {AttachmentsError} `attachments.bad-thumbnail`
 */
export function keepThumbnail(tx: Tx, { attachment, bytes, height, width }: Thumbnail): void {
  if (kindOf(detectType(bytes)) !== 'image') throw new AttachmentsError('attachments.bad-thumbnail')
  tx.run('UPDATE attachments SET thumbnail = ? WHERE id = ?', bytes, attachment)
  if (width === undefined || height === undefined) return
  const unknown = 'width IS NULL AND height IS NULL'
  tx.run(`UPDATE attachments SET width = ?, height = ? WHERE id = ? AND ${unknown}`, width, height, attachment)
}
