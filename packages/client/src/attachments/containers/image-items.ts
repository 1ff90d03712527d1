import { badImage, type ImageBytes } from '../images/image-bytes.ts'
import { type Box, freeBox, onlyBox, readBoxes, readInside } from './boxes.ts'
import { nameOf } from './handler-name.ts'
import { type Patch, read, type Reading, type Span } from './reading.ts'

/** What a picture needs of the box around its items. ISO/IEC 14496-12 §8.11. */
const needed: ReadonlySet<string> = new Set(['pitm', 'iloc', 'iinf', 'iref', 'iprp', 'idat', 'dinf', 'ipro', 'grpl'])
const metadata: ReadonlySet<string> = new Set(['Exif', 'mime', 'uri '])
const MAX_METADATA = 100
/** Where numbers begin ‖ big-endian, from position 8 ‖ no entries ‖ no more. Zeros alone are no EXIF. */
const emptyExif = Uint8Array.of(0, 0, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0)

/** Where the bytes of an item lie; `undefined` if that cannot be said. */
type Location = readonly Span[] | undefined

/** What is to be overwritten in AVIF and HEIC: items of EXIF, XMP and the like, which stay as empty ones. */
export function* planItems(meta: Box, media: readonly Box[]): Reading<readonly Patch[]> {
  const boxes = yield* readBoxes(meta.start + 4, meta.end)
  const patches = boxes.flatMap(box => {
    if (box.type === 'hdlr') return [nameOf(box)]
    return needed.has(box.type) ? [] : freeBox(box)
  })
  const kinds = yield* readKinds(onlyBox(boxes, 'iinf'))
  const data = boxes.find(({ type }) => type === 'idat')
  const locations = readLocations(yield* readInside(onlyBox(boxes, 'iloc')), data)
  const going = [...kinds].filter(([, kind]) => metadata.has(kind))
  if (going.length > MAX_METADATA) throw badImage(meta.at)
  const places = data === undefined ? media : [...media, data]
  const staying = [...locations].filter(([id]) => !metadata.has(kinds.get(id) ?? ''))
  const kept = staying.flatMap(([, spans]) => spans ?? [])
  for (const [id, kind] of going) {
    const spans = locations.get(id)
    if (spans === undefined || !spans.every(span => isAlone(span, places, kept))) throw badImage(meta.at)
    patches.push(...spans.map((span, at) => emptied(span, kind === 'Exif' && at === 0)))
  }
  return patches
}

function emptied(span: Span, isExif: boolean): Patch {
  return isExif && span.length >= emptyExif.length ? { ...span, head: emptyExif } : span
}

/** Whether a part lies where data are, and in no other item. */
function isAlone({ at, length }: Span, places: readonly Box[], others: readonly Span[]): boolean {
  const end = at + length
  const isInside = places.some(place => at >= place.start && end <= place.end)
  return (
    isInside &&
    length > 0 &&
    !others.some(other => other.length === 0 || (other.at < end && at < other.at + other.length))
  )
}

/** Types by the ids of items. */
function* readKinds({ end, start }: Box): Reading<ReadonlyMap<number, string>> {
  const version = (yield* read(start, 1)).byte(0)
  const kinds = new Map<number, string>()
  for (const entry of yield* readBoxes(start + (version === 0 ? 6 : 8), end)) {
    const head = yield* read(entry.start, Math.min(14, entry.end - entry.start))
    const isWide = head.byte(0) === 3
    if (entry.type !== 'infe' || (head.byte(0) !== 2 && !isWide)) throw badImage(entry.at)
    kinds.set(isWide ? head.uint32(4) : head.uint16(4), head.text(isWide ? 10 : 8, 4))
  }
  return kinds
}

/** Items lie in the file or in the box of data; those that lie in others have no place. */
function readLocations(iloc: ImageBytes, data: Box | undefined): ReadonlyMap<number, Location> {
  const version = iloc.byte(0)
  if (version > 2) throw badImage(0)
  const [offsetBytes, lengthBytes, baseBytes] = [iloc.byte(4) >> 4, iloc.byte(4) & 15, iloc.byte(5) >> 4]
  const indexBytes = version === 0 ? 0 : iloc.byte(5) & 15
  const idBytes = version === 2 ? 4 : 2
  let at = 6
  const next = (length: number): number => {
    at += length
    return iloc.uint(at - length, length)
  }
  const locations = new Map<number, Location>()
  for (let left = next(idBytes); left > 0; left--) {
    const id = next(idBytes)
    const method = version === 0 ? 0 : next(2) & 15
    const isElsewhere = next(2) !== 0
    const base = next(baseBytes)
    const spans: Span[] = []
    for (let extents = next(2); extents > 0; extents--) {
      next(indexBytes)
      spans.push({ at: base + next(offsetBytes), length: next(lengthBytes) })
    }
    if (locations.has(id)) throw badImage(at)
    locations.set(id, isElsewhere ? undefined : placed(spans, method, data))
  }
  return locations
}

function placed(spans: readonly Span[], method: number, data: Box | undefined): Location {
  if (method === 0) return spans
  if (method !== 1 || data === undefined) return undefined
  return spans.map(({ at, length }) => ({ at: data.start + at, length }))
}
