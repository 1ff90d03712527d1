import { badImage, ImageBytes, joinParts } from './image-bytes.ts'
import { orientationOf, orientationSegment } from './jpeg-orientation.ts'

const START_OF_SCAN = 0xda
const END = 0xd9
const COMMENT = 0xfe

/** One piece between two marks, with its mark; behind the start of a scan follow its pixels, which belong to it. */
interface Segment {
  readonly mark: number
  readonly at: number
  readonly end: number
}

/**
 * Without EXIF, XMP, comments, thumbnails and whatever makers put in, and without what follows the end. How the picture is to be
 * turned stays, in an EXIF that says nothing else; so do profiles of colours.
 */
export function stripJpeg(image: ImageBytes): Uint8Array {
  const kept = [image.part(0, 2)]
  let orientation = 1
  for (const { mark, at, end } of segmentsOf(image)) {
    const segment = image.part(at, end - at)
    if (mark === 0xe1 && orientation === 1) orientation = orientationOf(segment)
    if (isNeeded(mark, segment)) kept.push(segment)
  }
  const turned = orientation === 1 ? [] : [orientationSegment(orientation)]
  return joinParts([...kept.slice(0, 1), ...turned, ...kept.slice(1)])
}

function isNeeded(mark: number, segment: Uint8Array): boolean {
  if (mark === COMMENT) return false
  if (mark < 0xe0 || mark > 0xef) return true
  const name = new ImageBytes(segment)
  const begins = (text: string): boolean => segment.length >= 4 + text.length && name.text(4, text.length) === text
  if (mark === 0xe0) return begins('JFIF\0')
  return (mark === 0xe2 && begins('ICC_PROFILE\0')) || (mark === 0xee && begins('Adobe'))
}

function* segmentsOf(image: ImageBytes): Generator<Segment, void, void> {
  for (let at = 2; ;) {
    if (image.byte(at) !== 0xff) throw badImage(at)
    const mark = image.byte(at + 1)
    if (mark === 0xff) {
      at += 1 // any number of these may stand before a mark
      continue
    }
    const end = endOf(image, mark, at)
    yield { mark, at, end }
    if (mark === END) return
    at = end
  }
}

function endOf(image: ImageBytes, mark: number, at: number): number {
  if (mark === END || mark === 0x01 || (mark >= 0xd0 && mark <= 0xd7)) return at + 2
  if (mark === 0x00 || mark === 0xd8) throw badImage(at)
  const length = image.uint16(at + 2)
  if (length < 2) throw badImage(at)
  const end = at + 2 + length
  return mark === START_OF_SCAN ? endOfPixels(image.bytes, end) : end
}

/** Up to the next mark that is neither a stuffed byte nor a restart. */
function endOfPixels(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    const isData = next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7)
    if (!isData) return at
  }
  throw badImage(start)
}
