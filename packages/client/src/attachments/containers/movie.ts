import { badImage } from '../images/image-bytes.ts'
import { type Box, freeBox, readBoxes } from './boxes.ts'
import { nameOf } from './handler-name.ts'
import { planItems } from './image-items.ts'
import { readHandler, readSampleSpans } from './movie-samples.ts'
import { type Patch, read, type Reading } from './reading.ts'

/** What becomes of a box: it stays, or what is in it is looked at, or a part of it goes. Boxes that nobody names here go. */
type Act = 'stays' | 'opens' | 'times' | 'name' | 'track' | 'references' | 'items'

const table = (stays: string, more: Readonly<Record<string, Act>> = {}): ReadonlyMap<string, Act> =>
  new Map([...stays.split(' ').map((type): [string, Act] => [type, 'stays']), ...Object.entries(more)])

/** By the box around. ISO/IEC 14496-12 §6.2.3, and what QuickTime has beside it. */
const tables: ReadonlyMap<string, ReadonlyMap<string, Act>> = new Map([
  ['file', table('ftyp styp mdat mfra sidx ssix pdin', { moov: 'opens', moof: 'opens' })],
  ['moov', table('mvex iods pssh ctab clip', { mvhd: 'times', trak: 'track' })],
  ['trak', table('edts trgr tapt matt load imap clip', { tkhd: 'times', tref: 'references', mdia: 'opens' })],
  ['mdia', table('elng', { mdhd: 'times', hdlr: 'name', minf: 'opens' })],
  ['minf', table('vmhd smhd hmhd nmhd sthd gmhd dinf stbl', { hdlr: 'name' })],
  ['moof', table('mfhd pssh', { traf: 'opens' })],
  ['traf', table('tfhd tfdt trun sbgp sgpd subs saiz saio senc')],
])

/** What is seen, heard and read. Other tracks say where and with what it was taken, many times a second. */
const shown: ReadonlySet<string> = new Set(['vide', 'soun', 'text', 'sbtl', 'subt', 'clcp', 'auxv', 'pict'])

/**
 * What is to be overwritten so that a film, a sound or a picture in boxes (MP4, MOV, M4A; with `isPicture` AVIF, HEIC) does not
 * say where, when and with what it was made: tags, times, names of programs, tracks of positions, EXIF and XMP.
 * Refuses what it is not sure of with `attachments.bad-image`.
 */
export function* planMovie(sizeBytes: number, isPicture: boolean): Reading<readonly Patch[]> {
  const boxes = yield* readBoxes(0, sizeBytes)
  const needed = isPicture ? 'meta' : 'moov'
  if (!boxes.some(({ type }) => type === needed)) throw badImage(0)
  const sweep = new Sweep(boxes, isPicture)
  yield* sweep.sweep('file', boxes)
  return sweep.finish()
}

class Sweep {
  readonly #patches: Patch[] = []
  readonly #media: readonly Box[]
  readonly #hasFragments: boolean
  readonly #isPicture: boolean
  readonly #references: Box[] = []
  #hasDropped = false

  constructor(boxes: readonly Box[], isPicture: boolean) {
    this.#media = boxes.filter(({ type }) => type === 'mdat')
    this.#hasFragments = boxes.some(({ type }) => type === 'moof')
    this.#isPicture = isPicture
  }

  *sweep(around: string, boxes: readonly Box[]): Reading<void> {
    for (const box of boxes) yield* this.#judge(around, box)
  }

  /** References to tracks that went lead nowhere. */
  finish(): readonly Patch[] {
    return this.#hasDropped ? [...this.#patches, ...this.#references.flatMap(freeBox)] : this.#patches
  }

  *#judge(around: string, box: Box): Reading<void> {
    const { end, start, type } = box
    // The whole index is packed in it, and what else there is with it.
    if (type === 'cmov') throw badImage(box.at)
    const act = around === 'file' && type === 'meta' && this.#isPicture ? 'items' : tables.get(around)?.get(type)
    if (act === undefined) this.#patches.push(...freeBox(box))
    else if (act === 'opens') yield* this.sweep(type, yield* readBoxes(start, end))
    else if (act === 'times') this.#patches.push(yield* timesOf(box))
    else if (act === 'name') this.#patches.push(nameOf(box))
    else if (act === 'track') yield* this.#track(box)
    else if (act === 'references') this.#references.push(box)
    else if (act === 'items') this.#patches.push(...(yield* planItems(box, this.#media)))
  }

  *#track(track: Box): Reading<void> {
    if (shown.has(yield* readHandler(track))) {
      return yield* this.sweep('trak', yield* readBoxes(track.start, track.end))
    }
    // Parts of it may lie in the fragments, whose tables are others.
    if (this.#hasFragments) throw badImage(track.at)
    const spans = yield* readSampleSpans(track)
    if (!spans.every(({ at, length }) => this.#media.some(({ end, start }) => at >= start && at + length <= end))) {
      throw badImage(track.at)
    }
    this.#hasDropped = true
    this.#patches.push(...freeBox(track), ...spans)
  }
}

/** When it was made and changed: the first two numbers behind version 1 ‖ flags 3. */
function* timesOf({ at, end, start }: Box): Reading<Patch> {
  const version = (yield* read(start, 1)).byte(0)
  const length = version === 1 ? 16 : 8
  if (version > 1 || start + 4 + length > end) throw badImage(at)
  return { at: start + 4, length }
}
