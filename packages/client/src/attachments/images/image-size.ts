import { AttachmentsError } from '../attachments-error.ts'
import { sizeOfAvif } from './avif.ts'
import { sizeOfGif } from './gif.ts'
import { ImageBytes, type ImageSize } from './image-bytes.ts'
import { sizeOfJpeg } from './jpeg.ts'
import { sizeOfPng } from './png.ts'
import { sizeOfWebp } from './webp.ts'

/** A picture with more pixels would take too much memory to be shown. Spec 70 F11. */
const MAX_PIXELS = 50_000_000

const readers: ReadonlyMap<string, (image: ImageBytes) => ImageSize> = new Map([
  ['image/png', sizeOfPng],
  ['image/jpeg', sizeOfJpeg],
  ['image/webp', sizeOfWebp],
  ['image/gif', sizeOfGif],
  ['image/avif', sizeOfAvif],
])

/**
 * What the head of a picture says of its size; `undefined` for what is no picture of a known type, does not say it, or has more
 * pixels than may be shown.
 */
export function readImageSize(bytes: Uint8Array, contentType: string): ImageSize | undefined {
  const read = readers.get(contentType)
  if (read === undefined) return undefined
  try {
    const { width, height } = read(new ImageBytes(bytes))
    return width > 0 && height > 0 && width * height <= MAX_PIXELS ? { width, height } : undefined
  } catch (error) {
    if (error instanceof AttachmentsError) return undefined
    throw error
  }
}
