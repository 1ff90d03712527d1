const SIDE = 200
const MAX_BYTES = 65_536
const QUALITIES = [0.8, 0.6, 0.4] as const

/** What can be drawn, and how large it is. */
export type Drawable = HTMLImageElement | HTMLVideoElement

/** A small picture, and the size of what it was made of. */
export interface Thumbnail {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** A small picture of what is shown: 200 pixels at most on each side, 64 KiB at most. `undefined` where it cannot be made. */
export async function makeThumbnail(source: Drawable): Promise<Thumbnail | undefined> {
  const [width, height] = sizeOf(source)
  if (width === 0 || height === 0) return undefined
  const scale = Math.min(1, SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/webp', quality))
    if (blob !== null && blob.size <= MAX_BYTES) {
      return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height }
    }
  }
  return undefined
}

function sizeOf(source: Drawable): readonly [width: number, height: number] {
  return source instanceof HTMLVideoElement
    ? [source.videoWidth, source.videoHeight]
    : [source.naturalWidth, source.naturalHeight]
}
