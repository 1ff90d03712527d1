import { badImage, type ImageBytes } from '../images/image-bytes.ts'
import { type Box, onlyBox, readBoxes, readInside } from './boxes.ts'
import { read, type Reading, type Span } from './reading.ts'

/** What is in one box after the other, each the only one of its type. */
function* openPath(box: Box, ...path: readonly string[]): Reading<Box> {
  let inner = box
  for (const type of path) inner = onlyBox(yield* readBoxes(inner.start, inner.end), type)
  return inner
}

/** What a track is: `vide`, `soun` …; the handler says it behind 8 other bytes. */
export function* readHandler(track: Box): Reading<string> {
  const { start } = yield* openPath(track, 'mdia', 'hdlr')
  return (yield* read(start + 8, 4)).text(0, 4)
}

/** Where the samples of a track lie: one part for each chunk. ISO/IEC 14496-12 §8.7. */
export function* readSampleSpans(track: Box): Reading<readonly Span[]> {
  yield* requireOwnFile(track)
  const tables = yield* openPath(track, 'mdia', 'minf', 'stbl')
  const boxes = yield* readBoxes(tables.start, tables.end)
  const isWide = boxes.some(({ type }) => type === 'co64')
  const offsets = yield* readInside(onlyBox(boxes, isWide ? 'co64' : 'stco'))
  const groups = yield* readInside(onlyBox(boxes, 'stsc'))
  const sizes = yield* readInside(onlyBox(boxes, 'stsz'))
  const spans: Span[] = []
  let sample = 0
  let group = 0
  for (let chunk = 1; chunk <= offsets.uint32(4); chunk++) {
    // Each group holds from its first chunk to the next one's.
    if (group + 1 < groups.uint32(4) && groups.uint32(8 + 12 * (group + 1)) <= chunk) group += 1
    const at = isWide ? offsets.uint64(8 * chunk) : offsets.uint32(4 + 4 * chunk)
    const count = groups.uint32(12 + 12 * group)
    spans.push({ at, length: lengthOf(sizes, sample, count) })
    sample += count
  }
  if (sample !== sizes.uint32(8)) throw badImage(tables.at)
  return spans
}

function lengthOf(sizes: ImageBytes, first: number, count: number): number {
  if (first + count > sizes.uint32(8)) throw badImage(first)
  const same = sizes.uint32(4)
  if (same > 0) return count * same
  let length = 0
  for (let sample = first; sample < first + count; sample++) length += sizes.uint32(12 + 4 * sample)
  return length
}

/** Samples may lie in other files: then offsets say nothing of this one. */
function* requireOwnFile(track: Box): Reading<void> {
  const { end, start } = yield* openPath(track, 'mdia', 'minf', 'dinf', 'dref')
  for (const entry of yield* readBoxes(start + 8, end)) {
    const flags = (yield* read(entry.start, 4)).byte(3)
    if ((flags & 1) === 0) throw badImage(entry.at)
  }
}
