import { type ImageHeader, readImageHeader } from './image-header.ts'

/** A picture with more pixels would take too much memory to be shown. Spec 70 F11. */
const MAX_PIXELS = 50_000_000

/**
 * What the head of a picture says of its size; `undefined` for what is no picture of this type, does not say it, or has more pixels
 * than may be shown.
 */
export function readImageSize(
  bytes: Uint8Array,
  contentType: string,
): Pick<ImageHeader, 'width' | 'height'> | undefined {
  const header = readImageHeader(bytes)
  if (header?.type !== contentType || header.width * header.height > MAX_PIXELS) return undefined
  const { height, width } = header
  return { width, height }
}
