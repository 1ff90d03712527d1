const EXIF_HEADER = [0x45, 0x78, 0x69, 0x66, 0, 0]
const TAG = 0x0112
/** Where the numbers of EXIF begin: behind mark, length and name. */
const TIFF_AT = 10
const MAX_ENTRIES = 200

/** How the EXIF in a segment says that the picture is to be turned, 1 to 8; 1 (not at all) for whatever cannot be read. */
export function orientationOf(segment: Uint8Array): number {
  if (!EXIF_HEADER.every((byte, at) => segment[4 + at] === byte) || segment.length < TIFF_AT + 8) return 1
  const view = new DataView(segment.buffer, segment.byteOffset + TIFF_AT, segment.length - TIFF_AT)
  const isLittle = view.getUint8(0) === 0x49
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > view.byteLength) return 1
  const count = Math.min(MAX_ENTRIES, view.getUint16(directory, isLittle))
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + 12 * entry
    if (at + 12 > view.byteLength) return 1
    if (view.getUint16(at, isLittle) !== TAG) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** A segment that says nothing but that. */
export function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]
  const entry = [TAG >> 8, TAG & 0xff, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
  const body = [...EXIF_HEADER, ...tiff, 0, 1, ...entry, 0, 0, 0, 0]
  return Uint8Array.of(0xff, 0xe1, 0, body.length + 2, ...body)
}
