import { badImage } from '../images/image-bytes.ts'
import { closed, type ClosedElement, type Element, readElement, readElements, voidElement } from './ebml.ts'
import { type Patch, read, type Reading } from './reading.ts'

/** Ids of elements. RFC 9559 §5. */
const HEADER = 0x1a45dfa3
const SEGMENT = 0x18538067
const SEEK_HEAD = 0x114d9b74
const SEEK = 0x4dbb
const INFO = 0x1549a966
const TRACKS = 0x1654ae6b
const TRACK = 0xae
const CLUSTER = 0x1f43b675
const CUES = 0x1c53bb6b
const CHAPTERS = 0x1043a770
const VOID = 0xec
const CHECKSUM = 0xbf
const TAGS = 0x1254c367
const ATTACHMENTS = 0x1941a469

/** What a segment is made of; what else is in it, tags and attached files too, goes. */
const needed: ReadonlySet<number> = new Set([SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, CHAPTERS])
/** What ends a cluster whose length is not known. */
const ofSegment: ReadonlySet<number> = new Set([...needed, TAGS, ATTACHMENTS])
const ofCluster: ReadonlySet<number> = new Set([0xe7, 0xa3, 0xa0, 0xab, 0xa7, 0x5854, 0xaf, VOID, CHECKSUM])
/** Of what is said of the whole: the unit of times, and how long it takes. */
const plainInfo: ReadonlySet<number> = new Set([0x2ad7b1, 0x4489])
/** Must be there, and may be empty: the programs that made it. */
const programs: ReadonlySet<number> = new Set([0x4d80, 0x5741])
/** Of a track: its name, the name of its codec, the files attached to it. Checksums are of what is changed here. */
const namesOfTrack: ReadonlySet<number> = new Set([0x536e, 0x258688, 0x7446, CHECKSUM, VOID])

/**
 * What is to be overwritten so that a WebM (or other Matroska) file does not say when and with what it was made: tags, titles,
 * dates, names, attached files. Refuses what it is not sure of with `attachments.bad-image`.
 */
export function* planWebm(sizeBytes: number): Reading<readonly Patch[]> {
  const header = closed(yield* readElement(0, sizeBytes))
  const segment = yield* readElement(header.end, sizeBytes)
  if (header.id !== HEADER || segment.id !== SEGMENT) throw badImage(0)
  const end = segment.end ?? sizeBytes
  const patches: Patch[] = []
  for (let at = segment.start; at < end;) {
    const element = yield* readElement(at, end)
    if (element.id === CLUSTER) at = element.end ?? (yield* skipCluster(element, end, patches))
    else {
      const part = closed(element)
      patches.push(...(yield* planPart(part)))
      at = part.end
    }
  }
  for (const part of yield* readElements({ ...segment, start: end, end: sizeBytes })) {
    // Two films one after the other.
    if (part.id === HEADER || part.id === SEGMENT) throw badImage(part.at)
    patches.push(voidElement(part))
  }
  return patches
}

function* planPart(part: ClosedElement): Reading<readonly Patch[]> {
  switch (part.id) {
    case SEEK_HEAD:
      return yield* planSeekHead(part)
    case INFO:
      return (yield* readElements(part)).flatMap(planInfo)
    case TRACKS:
      return yield* planTracks(part)
    default:
      return needed.has(part.id) ? [] : [voidElement(part)]
  }
}

/** Nothing leads to what went. */
function* planSeekHead(part: ClosedElement): Reading<readonly Patch[]> {
  const patches: Patch[] = []
  for (const seek of yield* readElements(part)) {
    const target = seek.id === SEEK ? yield* readTarget(seek) : 0
    if (!needed.has(target)) patches.push(voidElement(seek))
  }
  return patches
}

function* readTarget(seek: ClosedElement): Reading<number> {
  const id = (yield* readElements(seek)).find(element => element.id === 0x53ab)
  if (id === undefined || id.end - id.start !== 4) return 0
  return (yield* read(id.start, 4)).uint32(0)
}

function planInfo(element: ClosedElement): readonly Patch[] {
  if (plainInfo.has(element.id)) return []
  const { end, id, start } = element
  return programs.has(id) ? [{ at: start, length: end - start }] : [voidElement(element)]
}

function* planTracks(part: ClosedElement): Reading<readonly Patch[]> {
  const patches: Patch[] = []
  for (const track of yield* readElements(part)) {
    if (track.id !== TRACK) patches.push(voidElement(track))
    else {
      const going = (yield* readElements(track)).filter(({ id }) => namesOfTrack.has(id))
      patches.push(...going.map(voidElement))
    }
  }
  return patches
}

/** Programs that record do not know the lengths of clusters. Where it ends; what is void in it is emptied. */
function* skipCluster({ start }: Element, limit: number, patches: Patch[]): Reading<number> {
  let at = start
  while (at < limit) {
    const element = yield* readElement(at, limit)
    if (ofSegment.has(element.id)) return at
    if (!ofCluster.has(element.id)) throw badImage(at)
    const part = closed(element)
    if (part.id === VOID) patches.push(voidElement(part))
    at = part.end
  }
  return at
}
