import { concatBytes } from '@sotto/protocol/encoding'
import { badImage, type ImageBytes, joinParts } from './image-bytes.ts'

const HEADER_BYTES = 12
const needed: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ANIM', 'ANMF', 'ALPH', 'ICCP'])
/** In the flags of the first chunk: there is EXIF, there is XMP. */
const METADATA_FLAGS = 0x0c

/** Without EXIF, XMP and chunks that nobody knows, and without what follows the end. */
export function stripWebp(image: ImageBytes): Uint8Array {
  const end = Math.min(image.length, 8 + image.uint32Little(4))
  const kept: Uint8Array[] = []
  for (let at = HEADER_BYTES; at + 8 <= end;) {
    const name = image.text(at, 4)
    const length = image.uint32Little(at + 4)
    const padded = 8 + length + (length % 2)
    const chunk = image.part(at, Math.min(padded, Math.max(8 + length, image.length - at)))
    if (needed.has(name)) kept.push(name === 'VP8X' ? withoutFlags(chunk) : padTo(chunk, padded))
    at += padded
  }
  if (kept.length === 0) throw badImage(HEADER_BYTES)
  const body = joinParts(kept)
  const head = Uint8Array.from(image.part(0, HEADER_BYTES))
  new DataView(head.buffer).setUint32(4, body.length + 4, true)
  return concatBytes(head, body)
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(chunk)
  changed[8] = (changed[8] ?? 0) & ~METADATA_FLAGS
  return changed
}

/** Some writers leave out the last byte. */
function padTo(chunk: Uint8Array, length: number): Uint8Array {
  return chunk.length === length ? chunk : concatBytes(chunk, new Uint8Array(length - chunk.length))
}
