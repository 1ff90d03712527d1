import { badImage } from '../images/image-bytes.ts'
import { checksumOf } from './checksum.ts'
import { emptyId3Tail, ID3_TAIL_BYTES } from './id3.ts'
import { type Patch, read, type Reading } from './reading.ts'

const STREAMINFO = 0
const PADDING = 1
const SEEKTABLE = 3
const IS_LAST = 0x80
const STREAMINFO_BYTES = 34

/** x¹⁶ + x¹⁵ + x² + 1, at the left. */
const POLYNOMIAL = 0x80050000
/** Longer than the last frame of any file that is not made on purpose. */
const MAX_FRAME_BYTES = 262_144
/** What looks like the beginning of a frame comes up by chance once in 32 KiB. */
const MAX_GUESSES = 64

/**
 * What is to be overwritten so that a FLAC file, which begins at `from`, has nothing in front of its sound but how to play it and where
 * what is: comments, pictures, cue sheets and what is of some program become padding. RFC 9639 §8. Refuses what it is not sure of
 * with `attachments.bad-image`.
 */
export function* planFlac(sizeBytes: number, from = 0): Reading<readonly Patch[]> {
  const patches: Patch[] = []
  let at = from + 4
  for (let isFirst = true, isLast = false; !isLast; isFirst = false) {
    const head = yield* read(at, 4)
    const type = head.byte(0) & ~IS_LAST
    isLast = (head.byte(0) & IS_LAST) !== 0
    const length = 4 + (head.uint32(0) & 0xffffff)
    if (isFirst !== (type === STREAMINFO) || type === 127) throw badImage(at)
    if (isFirst && length !== 4 + STREAMINFO_BYTES) throw badImage(at)
    if (!isFirst && type !== SEEKTABLE) {
      const flagged = Uint8Array.of((isLast ? IS_LAST : 0) | PADDING, ...head.part(1, 3))
      patches.push({ at, length, head: flagged })
    }
    at += length
  }
  const end = yield* endOfSound(sizeBytes)
  if (end < sizeBytes) patches.push(...emptyId3Tail(end))
  yield* requireFrames(at, end)
  return patches
}

/** Some programs put another tag behind it. */
function* endOfSound(sizeBytes: number): Reading<number> {
  const at = sizeBytes - ID3_TAIL_BYTES
  return at > 0 && (yield* read(at, 3)).text(0, 3) === 'TAG' ? at : sizeBytes
}

/** Frames do not say how long they are: one begins here, and the last one ends there, as its checksum says. RFC 9639 §9. */
function* requireFrames(start: number, end: number): Reading<void> {
  if (end <= start || !isSync((yield* read(start, 2)).uint16(0))) throw badImage(start)
  const length = Math.min(MAX_FRAME_BYTES, end - start)
  const { bytes } = yield* read(end - length, length)
  let guesses = 0
  for (let at = bytes.lastIndexOf(0xff); at >= 0 && guesses < MAX_GUESSES; at = bytes.lastIndexOf(0xff, at - 1)) {
    if (isSync(0xff00 | (bytes[at + 1] ?? 0))) {
      if (checksumOf(POLYNOMIAL, bytes.subarray(at)) === 0) return
      guesses++
    }
    // A negative place would be counted from the end.
    if (at === 0) break
  }
  throw badImage(end)
}

/** Fourteen bits, a zero, and whether all blocks are equally long. */
function isSync(bits: number): boolean {
  return bits === 0xfff8 || bits === 0xfff9
}
