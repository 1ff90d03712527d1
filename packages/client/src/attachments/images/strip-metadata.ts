import { stripGif } from './gif.ts'
import { ImageBytes } from './image-bytes.ts'
import { stripJpeg } from './jpeg.ts'
import { stripPng } from './png.ts'
import { stripWebp } from './webp.ts'

const strippers: ReadonlyMap<string, (image: ImageBytes) => Uint8Array> = new Map([
  ['image/png', stripPng],
  ['image/jpeg', stripJpeg],
  ['image/webp', stripWebp],
  ['image/gif', stripGif],
])

/**
 * The same picture, to the pixel, without what it says of where, when and with what it was taken. Other types stay as they are.
 * A fresh array, or the argument. Spec 50 §4, spec 70 F11.
 * @throws {AttachmentsError} `attachments.bad-image` for a picture whose parts cannot be told apart
 */
export function stripMetadata(bytes: Uint8Array, contentType: string): Uint8Array {
  return strippers.get(contentType)?.(new ImageBytes(bytes)) ?? bytes
}
