import { draw, encode, encodePreview, type Encoding } from './drawing.ts'
import { fitInside } from './fit.ts'
import { type ImageHeader, type PictureType } from './image-header.ts'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'

/** A file as it is handed to the core. */
export interface PreparedFile {
  readonly bytes: Uint8Array
  readonly name: string
  /** A small picture of it. */
  readonly preview: Uint8Array | undefined
}

const { bytes: maxBytes, pixels: maxPixels, side: maxSide } = attachLimits
/** Drawings and screens are small as PNG and stay sharp; a photo is better off as JPEG. */
const maxPlainPngBytes = 3_000_000
const endings = { 'image/png': '.png', 'image/jpeg': '.jpg', 'image/webp': '.webp' } as const

/**
 * Makes a picture ready to be sent: upright, 4096 pixels at most, without anything but its pixels. Pictures that move stay as
 * they are; the core takes what else is in them away. Spec 50 §0, §4.
 */
export async function preparePicture(
  file: File,
  bytes: Uint8Array,
  header: ImageHeader,
): Promise<PreparedFile | FileProblem> {
  if (header.width * header.height > maxPixels) return 'too-many-pixels'
  const decoded = await decode(file, header.type)
  if (decoded === undefined) return 'unreadable'
  try {
    const preview = await encodePreview(decoded, decoded)
    if (header.isAnimated) return bytes.length > maxBytes ? 'too-large' : { bytes, name: file.name, preview }
    const encoded = await encodePicture(decoded, header)
    return encoded === undefined ? 'too-large' : { ...encoded, name: renamed(file.name, encoded.bytes), preview }
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
async function encodePicture(decoded: ImageBitmap, header: ImageHeader): Promise<{ bytes: Uint8Array } | undefined> {
  for (const side of [maxSide, maxSide / 2, maxSide / 4]) {
    const canvas = draw(decoded, fitInside(decoded, side))
    const bytes = await encode(canvas, encodingsOf(header))
    // The memory is needed for the next one.
    canvas.width = 0
    if (bytes !== undefined) return { bytes }
  }
  return undefined
}

function encodingsOf({ type, hasAlpha }: ImageHeader): readonly Encoding[] {
  const photo = [0.9, 0.8].map(quality => ({ type: 'image/jpeg', quality, maxBytes }) as const)
  if (!hasAlpha) return type === 'image/png' ? [{ type, maxBytes: maxPlainPngBytes }, ...photo] : photo
  const clear = [0.9, 0.8].map(quality => ({ type: 'image/webp', quality, maxBytes }) as const)
  return type === 'image/png' ? [{ type, maxBytes }, ...clear] : clear
}

/** With the ending of what it is now. */
function renamed(name: string, bytes: Uint8Array): string {
  const type = bytes[0] === 0x89 ? 'image/png' : bytes[0] === 0xff ? 'image/jpeg' : 'image/webp'
  const stem = name.replace(/\.[^.]{1,5}$/, '')
  const isRight = type === 'image/jpeg' && /\.jpe?g$/i.test(name)
  return isRight ? name : `${stem}${endings[type]}`
}
