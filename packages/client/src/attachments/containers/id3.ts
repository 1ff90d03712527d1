import { badImage } from '../images/image-bytes.ts'
import { type Patch, read, type Reading } from './reading.ts'

const HEAD_BYTES = 10
const FOOTER_FLAG = 0x10
/** Four times seven bits. */
const MAX_SIZE = 0x0fffffff

/**
 * An ID3v2 tag (`ID3` ‖ version 2 ‖ flags 1 ‖ size 4, seven bits of each byte ‖ frames), whatever its version, becomes one of the
 * same length that holds padding only. id3.org/id3v2.4.0-structure §3.1, §3.3.
 */
export function* emptyId3(at: number): Reading<Patch> {
  const head = yield* read(at, HEAD_BYTES)
  let said = 0
  for (let place = 6; place < HEAD_BYTES; place++) {
    if (head.byte(place) > 0x7f) throw badImage(at)
    said = said * 128 + head.byte(place)
  }
  // Only the newest version has a copy of the head at the end, which is not counted.
  const size = said + (head.byte(3) === 4 && (head.byte(5) & FOOTER_FLAG) !== 0 ? HEAD_BYTES : 0)
  if (size > MAX_SIZE) throw badImage(at)
  const sizeBytes = [21, 14, 7, 0].map(shift => (size >> shift) & 0x7f)
  return { at, length: HEAD_BYTES + size, head: Uint8Array.of(0x49, 0x44, 0x33, 3, 0, 0, ...sizeBytes) }
}

/** Behind the last frame. */
export const ID3_TAIL_BYTES = 128

/** An ID3v1 tag that says nothing: `TAG` ‖ zeros ‖ the genre of none. */
export function emptyId3Tail(at: number): readonly Patch[] {
  return [
    { at: at + 3, length: ID3_TAIL_BYTES - 4 },
    { at: at + ID3_TAIL_BYTES - 1, length: 1, head: Uint8Array.of(0xff) },
  ]
}
