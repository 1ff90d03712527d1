import { concatBytes } from '@sotto/protocol/encoding'

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Never part of a file that says nothing of where it was made. */
export const secret = latin1('SECRET PLACE AND TIME')

/** Whether it is said anywhere. */
export function tells(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from(secret))
}

/** Bytes by their digits, with spaces where one likes. */
export function hex(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
}

/** A number of 4 bytes. */
export function wide(value: number): Uint8Array {
  return hex(value.toString(16).padStart(8, '0'))
}

/** A box of an ISO base media file. */
export function box(type: string, ...inside: readonly Uint8Array[]): Uint8Array {
  const all = concatBytes(...inside)
  return concatBytes(wide(all.length + 8), latin1(type), all)
}

/** The same with version 0 and no flags. */
export function fullBox(type: string, ...inside: readonly Uint8Array[]): Uint8Array {
  return box(type, wide(0), ...inside)
}

/** An element of EBML, whose length is not said if `isOpen`. */
export function element(id: string, inside: Uint8Array, isOpen = false): Uint8Array {
  const length = isOpen ? hex('01ffffffffffffff') : concatBytes(Uint8Array.of(0x10), wide(inside.length).subarray(1))
  return concatBytes(hex(id), length, inside)
}

const handler = (type: string): Uint8Array =>
  fullBox('hdlr', latin1('mhlr'), latin1(type), latin1('appl'), new Uint8Array(8), secret)

interface Track {
  readonly handler: string
  /** Where its only chunk of two samples begins, and how long each is. */
  readonly at: number
  readonly sizes: readonly [number, number]
  readonly isElsewhere?: boolean
  readonly more?: readonly Uint8Array[]
}

function trackOf({ at, handler: type, isElsewhere = false, more = [], sizes }: Track): Uint8Array {
  const times = concatBytes(secret.subarray(0, 8), new Uint8Array(16))
  const references = fullBox('dref', wide(1), box('url ', wide(isElsewhere ? 0 : 1)))
  const tables = box(
    'stbl',
    fullBox('stsd', wide(0)),
    fullBox('stsc', wide(1), wide(1), wide(2), wide(1)),
    fullBox('stsz', wide(0), wide(2), ...sizes.map(wide)),
    fullBox('stco', wide(1), wide(at)),
  )
  const inner = box('minf', fullBox('vmhd'), box('dinf', references), tables)
  return box('trak', fullBox('tkhd', times), ...more, box('mdia', fullBox('mdhd', times), handler(type), inner))
}

/** What is special about a film. */
export interface Film {
  /** Boxes beside the others, around all and in the index. */
  readonly beside?: readonly Uint8Array[]
  readonly inside?: readonly Uint8Array[]
  /** A third track. */
  readonly track?: { readonly handler: string; readonly at?: number; readonly isElsewhere?: boolean }
}

const brand = box('ftyp', latin1('isom'), wide(0))
/** Where the samples begin: pictures, positions (of the third track). */
const dataAt = brand.length + 8
const pictures = latin1('pictures and sounds')

/** A film of one track, which says where it was made in as many ways as are asked for. */
export function filmOf({ beside = [], inside = [], track }: Film = {}): Uint8Array {
  const times = concatBytes(secret.subarray(0, 8), new Uint8Array(80))
  const length = secret.length - 5
  const third = track && trackOf({ at: dataAt + pictures.length, ...track, sizes: [5, length] })
  const references = track && box('tref', box('cdsc', wide(2)))
  const first = trackOf({ handler: 'vide', at: dataAt, sizes: [10, 9], more: references ? [references] : [] })
  const index = box('moov', fullBox('mvhd', times), first, ...(third ? [third] : []), ...inside)
  return concatBytes(brand, box('mdat', pictures, track ? secret : new Uint8Array()), index, ...beside)
}

/** What is special about a picture of items. */
export interface Items {
  /** Where the metadata begin among the data, beside which the picture of 6 bytes lies; by itself behind it. */
  readonly at?: number
  readonly construction?: number
  readonly kind?: string
}

/** A picture with an item of metadata. */
export function itemsOf({ at = 6, construction = 0, kind = 'Exif' }: Items = {}): Uint8Array {
  const make = (start: number): Uint8Array => {
    const item = (id: string, type: string): Uint8Array =>
      box('infe', wide(0x02000000), hex(`${id}0000`), latin1(type), Uint8Array.of(0))
    const place = (id: string, method: number, from: number, length: number): Uint8Array =>
      concatBytes(hex(`${id} 000${method} 0000 0001`), wide(from), wide(length))
    const dataStart = construction === 1 ? 0 : start
    const places = concatBytes(
      place('0001', 0, start, 6),
      place('0002', construction, dataStart + at, secret.length + 4),
    )
    const inside = [
      handler('pict'),
      fullBox('pitm', hex('0001')),
      box('iloc', hex('01000000 4400 0002'), places),
      fullBox('iinf', hex('0002'), item('0001', 'av01'), item('0002', kind)),
      box('iprp', box('ipco', fullBox('ispe', wide(20), wide(10)))),
      ...(construction === 1 ? [box('idat', new Uint8Array(6), wide(0), secret)] : []),
      box('uuid', secret),
    ]
    const meta = fullBox('meta', ...inside)
    return concatBytes(box('ftyp', latin1('avif'), wide(0), latin1('avifmif1')), meta)
  }
  const start = make(0).length + 8
  return concatBytes(
    make(start),
    box('mdat', latin1('pixels'), wide(0), construction === 0 ? secret : new Uint8Array()),
  )
}

/** A recording that says when it was made. How long it is is not said, as where one has just ended. */
export function recordingOf(...more: readonly Uint8Array[]): Uint8Array {
  return concatBytes(ebmlHeader, element('18538067', partsOf(more), true))
}

/** The same with its length, and what follows it. */
export function closedRecordingOf(...behind: readonly Uint8Array[]): Uint8Array {
  return concatBytes(ebmlHeader, element('18538067', partsOf([])), ...behind)
}

const ebmlHeader = element('1a45dfa3', element('4282', latin1('webm')))

function partsOf(more: readonly Uint8Array[]): Uint8Array {
  const info = element(
    '1549a966',
    concatBytes(
      element('bf', wide(7)),
      element('2ad7b1', hex('0f4240')),
      element('4461', secret.subarray(0, 8)),
      element('7ba9', secret),
      element('4d80', secret),
      element('5741', secret),
    ),
  )
  const track = element('ae', concatBytes(element('d7', hex('01')), element('536e', secret)))
  const seek = (id: string): Uint8Array =>
    element('4dbb', concatBytes(element('53ab', hex(id)), element('53ac', hex('40'))))
  const cluster = element('1f43b675', concatBytes(element('e7', hex('00')), element('a3', latin1('frames'))), true)
  return concatBytes(
    element('114d9b74', concatBytes(seek('1549a966'), seek('1254c367'))),
    info,
    element('1654ae6b', track),
    cluster,
    ...more,
    cluster,
    element('ec', secret),
  )
}
