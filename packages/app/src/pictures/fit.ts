/** In pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A size of the same shape whose longer side is `side` at most. Never larger, never nothing. */
export function fitInside({ width, height }: Size, side: number): Size {
  return scaled({ width, height }, Math.min(1, side / Math.max(width, height)))
}

/** A size of the same shape whose shorter side is `side`, and whose longer one is three times that at most. Never larger. */
export function fitPreview({ width, height }: Size, side: number): Size {
  const byShort = side / Math.min(width, height)
  const byLong = (3 * side) / Math.max(width, height)
  return scaled({ width, height }, Math.min(1, byShort, byLong))
}

function scaled({ width, height }: Size, by: number): Size {
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

/** A part of a picture. */
export interface Part extends Size {
  readonly x: number
  readonly y: number
}

/** Which square of a picture is shown: where its middle is, from 0 to 1, and how much it is enlarged, from 1. */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The middle of a picture, as large as it goes. */
export const wholeCrop: Crop = { x: 0.5, y: 0.5, zoom: 1 }

/** How far a picture can be enlarged. */
export const maxZoom = 4

/** The square of pixels that a crop means. */
export function cropPart(size: Size, crop: Crop): Part {
  const { x, y, zoom } = insideCrop(size, crop)
  const side = Math.min(size.width, size.height) / zoom
  return { x: x * size.width - side / 2, y: y * size.height - side / 2, width: side, height: side }
}

/** The nearest crop that does not reach over an edge. */
export function insideCrop({ width, height }: Size, { x, y, zoom }: Crop): Crop {
  const within = Math.min(maxZoom, Math.max(1, zoom))
  const side = Math.min(width, height) / within
  return { x: between(x, side / 2 / width), y: between(y, side / 2 / height), zoom: within }
}

function between(value: number, edge: number): number {
  return Math.min(1 - edge, Math.max(edge, value))
}
