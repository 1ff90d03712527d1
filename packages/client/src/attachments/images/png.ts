import { badImage, type ImageBytes, joinParts } from './image-bytes.ts'

const SIGNATURE_BYTES = 8
/** Length, name and checksum of a chunk. */
const CHUNK_OVERHEAD = 12

/** What a picture needs to look the same: pixels, palette, transparency, colours, frames. Everything else goes. */
const needed: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT'.split(' '),
)

/** Without texts, times, EXIF and whatever nobody knows, and without what follows the end. */
export function stripPng(image: ImageBytes): Uint8Array {
  const kept = [image.part(0, SIGNATURE_BYTES)]
  for (let at = SIGNATURE_BYTES; ;) {
    const length = image.uint32(at) + CHUNK_OVERHEAD
    const name = image.text(at + 4, 4)
    if (at === SIGNATURE_BYTES && name !== 'IHDR') throw badImage(at)
    const chunk = image.part(at, length)
    if (needed.has(name)) kept.push(chunk)
    if (name === 'IEND') return joinParts(kept)
    at += length
  }
}
