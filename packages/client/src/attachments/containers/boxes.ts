import { latin1Encode } from '@sotto/protocol/encoding'
import { badImage, type ImageBytes } from '../images/image-bytes.ts'
import { type Patch, read, type Reading } from './reading.ts'

/** A box of an ISO base media file: size 4 ‖ type 4 ‖ (size 8) ‖ what is in it. ISO/IEC 14496-12 §4.2. */
export interface Box {
  readonly type: string
  readonly at: number
  /** Of what is in it. */
  readonly start: number
  readonly end: number
}

const MAX_BOXES = 50_000
const free = latin1Encode('free')

/** The boxes that fill a part of a file. */
export function* readBoxes(from: number, end: number): Reading<readonly Box[]> {
  const boxes: Box[] = []
  for (let at = from; at < end;) {
    const box = yield* readBox(at, end)
    if (boxes.push(box) > MAX_BOXES) throw badImage(at)
    at = box.end
  }
  return boxes
}

/** All that is in a box, up to 1 MiB. */
export function* readInside({ end, start }: Box): Reading<ImageBytes> {
  return yield* read(start, end - start)
}

/** The only one of a type. */
export function onlyBox(boxes: readonly Box[], type: string): Box {
  const [box, ...more] = boxes.filter(each => each.type === type)
  if (box === undefined || more.length > 0) throw badImage(0)
  return box
}

/** Boxes of this type are ignored by everybody. */
export function freeBox({ at, end, start }: Box): readonly Patch[] {
  return [
    { at: at + 4, length: 4, head: free },
    { at: start, length: end - start },
  ]
}

function* readBox(at: number, limit: number): Reading<Box> {
  if (limit - at < 8) throw badImage(at)
  const head = yield* read(at, 8)
  const type = head.text(4, 4)
  const isLong = head.uint32(0) === 1
  const start = at + (isLong ? 16 : 8)
  const size = isLong ? (yield* read(at + 8, 8)).uint64(0) : head.uint32(0)
  // Nothing means up to the end.
  const end = size === 0 ? limit : at + size
  if (end < start || end > limit) throw badImage(at)
  return { type, at, start, end }
}
