import { stripMetadata } from '../attachments/images/strip-metadata.ts'
import { inspectFile } from '../attachments/inspect.ts'
import { PicturesError } from './pictures-error.ts'

/** The own one is scaled before it comes here; of others a little more is taken. */
export const MAX_OWN_BYTES = 1_000_000
/** Of others. */
export const MAX_PICTURE_BYTES = 5_000_000

/**
 * A picture of a known type and size, without its metadata.
 * @throws {PicturesError} `pictures.too-large`, `pictures.not-a-picture`
 * @throws {AttachmentsError} `attachments.bad-image`
 */
export function checkPicture(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw new PicturesError('pictures.too-large', { length: bytes.length })
  const { contentType, kind } = inspectFile(bytes)
  if (kind !== 'image') throw new PicturesError('pictures.not-a-picture')
  return stripMetadata(bytes, contentType)
}
