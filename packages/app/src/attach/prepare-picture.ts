import { type ImageHeader, type PictureType } from '@sotto/client/images'
import { draw, encode, encodePreview, fitInside, type Preview } from '../pictures/index.ts'
import { encodingsOf, renamed } from './encodings.ts'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'

/** A file as it is handed to the core. */
export interface PreparedFile {
  readonly content: Blob
  readonly name: string
  readonly preview: Preview | undefined
}

const { bytes: maxBytes, pixels: maxPixels, side: maxSide } = attachLimits

/**
 * Makes a picture ready to be sent: upright, 4096 pixels at most, without anything but its pixels. Pictures that move stay as
 * they are; the core takes what else is in them away. Spec 50 §0, §4.
 */
export async function preparePicture(file: File, header: ImageHeader): Promise<PreparedFile | FileProblem> {
  if (header.width * header.height > maxPixels) return 'too-many-pixels'
  const decoded = await decode(file, header.type)
  if (decoded === undefined) return 'unreadable'
  try {
    const preview = await encodePreview(decoded, decoded)
    if (header.isAnimated) return file.size > maxBytes ? 'too-large' : { content: file, name: file.name, preview }
    const encoded = await encodePicture(decoded, header)
    return encoded === undefined
      ? 'too-large'
      : { content: new Blob([encoded.bytes]), name: renamed(file.name, encoded.bytes), preview }
  } finally {
    decoded.close()
  }
}

/** Upright, as pixels; `undefined` if the browser can't read it. */
async function decode(file: Blob, type: PictureType): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file.slice(0, file.size, type), { imageOrientation: 'from-image' })
  } catch {
    return undefined
  }
}

/** At half the size again, if it does not fit. */
async function encodePicture(
  decoded: ImageBitmap,
  header: ImageHeader,
): Promise<{ bytes: Uint8Array<ArrayBuffer> } | undefined> {
  for (const side of [maxSide, maxSide / 2, maxSide / 4]) {
    const canvas = draw(decoded, fitInside(decoded, side))
    const bytes = await encode(canvas, encodingsOf(header))
    // The memory is needed for the next one.
    canvas.width = 0
    if (bytes !== undefined) return { bytes }
  }
  return undefined
}
