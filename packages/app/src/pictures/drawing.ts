import { fitPreview, type Part, type Size } from './fit.ts'

/** Shorter side of a preview; its longer one is three times that at most. Spec 50 §0. */
const previewSide = 200
const previewBytes = 65_536

/** Tries of one drawing, best first: the first that is small enough is taken. */
export interface Encoding {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp'
  readonly quality?: number
  readonly maxBytes: number
}

/** Draws a picture, or a part of it, at a size. Give it back with `width = 0` when it is done. */
export function draw(source: CanvasImageSource, size: Size, part?: Part): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  if (context === null) throw new DOMException('no memory for a picture', 'EncodingError')
  context.imageSmoothingQuality = 'high'
  if (part === undefined) context.drawImage(source, 0, 0, size.width, size.height)
  else context.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, size.width, size.height)
  return canvas
}

/** Encodes a drawing; `undefined` if it is too large in every way. A browser that can't write WebP writes PNG. */
export async function encode(
  canvas: OffscreenCanvas,
  encodings: readonly Encoding[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const { type, quality, maxBytes } of encodings) {
    const blob = await canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) })
    if (blob.size <= maxBytes) return new Uint8Array(await blob.arrayBuffer())
  }
  return undefined
}

/** A small picture that stands for a large one, and the size of that. */
export interface Preview extends Size {
  readonly bytes: Uint8Array
}

/** With its transparency; `undefined` if it is too large in every way. */
export async function encodePreview(source: CanvasImageSource, size: Size): Promise<Preview | undefined> {
  for (const side of [previewSide, previewSide / 2]) {
    const canvas = draw(source, fitPreview(size, side))
    const tries = [0.85, 0.6].map(quality => ({ type: 'image/webp', quality, maxBytes: previewBytes }) as const)
    const bytes = await encode(canvas, tries)
    canvas.width = 0
    if (bytes !== undefined) return { bytes, width: size.width, height: size.height }
  }
  return undefined
}
