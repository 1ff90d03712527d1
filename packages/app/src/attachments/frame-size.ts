/** How large one picture is shown, in rem at 100 % zoom. */
export interface FrameSize {
  readonly inline: number
  readonly block: number
}

const MAX_INLINE = 20
const MAX_BLOCK = 22
const MIN_SIDE = 7
/** For what nobody said the size of. */
const UNKNOWN: FrameSize = { inline: 16, block: 12 }

/**
 * A frame of the shape of the picture, as large as there is room for; what is very long or very small is cut or gets a margin.
 * Sizes in pixels; the sender may say anything.
 */
export function frameSize(width: number | undefined, height: number | undefined): FrameSize {
  if (width === undefined || height === undefined || !isLength(width) || !isLength(height)) return UNKNOWN
  const scale = Math.min(MAX_INLINE / width, MAX_BLOCK / height, 1 / 16)
  const side = (pixels: number, most: number): number => round(Math.min(most, Math.max(MIN_SIDE, pixels * scale)))
  return { inline: side(width, MAX_INLINE), block: side(height, MAX_BLOCK) }
}

function isLength(pixels: number): boolean {
  return pixels > 0 && pixels < Infinity
}

function round(rem: number): number {
  return Math.round(rem * 16) / 16
}
