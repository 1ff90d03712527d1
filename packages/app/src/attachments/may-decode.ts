/** More than this nobody's device should be made to unpack. Spec 70 F11. */
const MAX_PIXELS = 50_000_000

/** Whether a picture of this size is shown: only one whose size is known, and not too large. */
export function mayDecode({
  width,
  height,
}: {
  readonly width?: number | undefined
  readonly height?: number | undefined
}): boolean {
  return width !== undefined && height !== undefined && width > 0 && height > 0 && width * height <= MAX_PIXELS
}
