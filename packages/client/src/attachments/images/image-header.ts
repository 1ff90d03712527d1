/** Kinds of pictures that are known by their first bytes. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/bmp'

/** What a picture says of itself before it is unpacked. Sizes in pixels, before it is turned upright. */
export interface ImageHeader {
  readonly type: PictureType
  readonly width: number
  readonly height: number
  /** May have more than one frame. */
  readonly isAnimated: boolean
  /** May be seen through. */
  readonly hasAlpha: boolean
}

/** Reads the beginning of a picture; `undefined` for anything else, and for what is damaged. Never throws. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const read of [readPng, readJpeg, readGif, readWebp, readAvif, readBmp]) {
    try {
      const header = read(view)
      if (header !== undefined) return header.width > 0 && header.height > 0 ? header : undefined
    } catch (error) {
      // It ends before it should.
      if (!(error instanceof RangeError)) throw error
      return undefined
    }
  }
  return undefined
}

function textAt(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return ''
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
}

/** Chunks before the first one with pixels: length 4, name 4, data, checksum 4. */
function readPng(view: DataView): ImageHeader | undefined {
  if (textAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || textAt(view, 12, 4) !== 'IHDR') return undefined
  const colours = view.getUint8(25)
  const names = new Set<string>()
  for (let at = 8, name = ''; name !== 'IDAT' && at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    name = textAt(view, at + 4, 4)
    names.add(name)
  }
  return {
    type: 'image/png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    isAnimated: names.has('acTL'),
    hasAlpha: colours === 4 || colours === 6 || names.has('tRNS'),
  }
}

/** Segments up to the frame: FF, marker, length 2, precision 1, height 2, width 2. */
function readJpeg(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  for (;;) {
    const marker = view.getUint16(at)
    if (marker < 0xff01) throw new RangeError('no marker')
    if (isFrame(marker)) break
    // Fill bytes may stand before a marker.
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2)
  }
  const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
  return { type: 'image/jpeg', width, height, isAnimated: false, hasAlpha: false }
}

/** SOF0 to SOF15, of which three numbers mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc
}

function readGif(view: DataView): ImageHeader | undefined {
  const name = textAt(view, 0, 6)
  if (name !== 'GIF87a' && name !== 'GIF89a') return undefined
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  return { type: 'image/gif', width, height, isAnimated: true, hasAlpha: true }
}

function readWebp(view: DataView): ImageHeader | undefined {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return undefined
  const base = { type: 'image/webp', isAnimated: false, hasAlpha: false } as const
  switch (textAt(view, 12, 4)) {
    case 'VP8X': {
      const flags = view.getUint8(20)
      const [width, height] = [24, 27].map(at => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1)
      return {
        ...base,
        width: width ?? 0,
        height: height ?? 0,
        isAnimated: (flags & 2) > 0,
        hasAlpha: (flags & 16) > 0,
      }
    }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
      return { ...base, width, height, hasAlpha: (bits & 0x10000000) > 0 }
    }
    case 'VP8 ':
      return { ...base, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return undefined
  }
}

/** How far its properties are looked for. */
const avifHead = 65_536

/** Boxes: of all sizes that stand there, the largest; others are previews and tiles. */
function readAvif(view: DataView): ImageHeader | undefined {
  const brand = textAt(view, 4, 8)
  if (brand !== 'ftypavif' && brand !== 'ftypavis') return undefined
  let [width, height] = [0, 0]
  const end = Math.min(view.byteLength - 16, avifHead)
  for (let at = 8; at <= end; at += 1) {
    if (view.getUint32(at) !== 0x69737065) continue
    const [wide, high] = [view.getUint32(at + 8), view.getUint32(at + 12)]
    if (wide * high > width * height) [width, height] = [wide, high]
  }
  return { type: 'image/avif', width, height, isAnimated: brand === 'ftypavis', hasAlpha: true }
}

function readBmp(view: DataView): ImageHeader | undefined {
  if (textAt(view, 0, 2) !== 'BM' || view.getUint32(14, true) < 40) return undefined
  // Upside down where it is negative.
  const height = Math.abs(view.getInt32(22, true))
  return { type: 'image/bmp', width: view.getInt32(18, true), height, isAnimated: false, hasAlpha: false }
}
