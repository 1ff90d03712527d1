import { encodeUint32LittleEndian, latin1Decode, latin1Encode } from '@sotto/protocol/encoding'
import { badImage } from '../images/image-bytes.ts'
import { checksumOf } from './checksum.ts'
import { type OggPage, readOggPage } from './ogg-page.ts'
import { type Patch, read, type Reading, type Span, withPatches } from './reading.ts'

/** How the first two packets of a stream begin: what it is, and what is said of it. */
interface Codec {
  readonly begins: string
  readonly comment: string
  /** One without a word: the name of no program, no comments. What follows is skipped by everybody. */
  readonly empty: Uint8Array
}

const codec = (begins: string, comment: string, ending: readonly number[]): Codec => ({
  begins,
  comment,
  empty: Uint8Array.from([...latin1Encode(comment), ...new Uint8Array(8), ...ending]),
})

/** RFC 7845 §5.1, §5.2; Vorbis I §4.2, §5.2. */
const codecs: readonly Codec[] = [codec('OpusHead', 'OpusTags', []), codec('\x01vorbis', '\x03vorbis', [1])]

/** A stream, up to the end of its comments. */
interface Stream {
  readonly codec: Codec
  /** The packet that comes next or goes on. */
  packet: number
  isWithin: boolean
}

const MAX_STREAMS = 1000
/** Of the checksum in a page. RFC 3533 §6. */
const CHECKSUM_AT = 22
const POLYNOMIAL = 0x04c11db7

/**
 * What is to be overwritten so that an Ogg file of Opus or Vorbis has no comments and pictures any more, and does not name the program
 * that made it. The packet stays as long as it was, so only the checksums of its pages change. RFC 3533 §6. Refuses what it is
 * not sure of with `attachments.bad-image`.
 */
export function* planOgg(sizeBytes: number): Reading<readonly Patch[]> {
  const streams = new Map<number, Stream>()
  const patches: Patch[] = []
  let count = 0
  for (let at = 0; at < sizeBytes;) {
    const page = yield* readOggPage(at)
    if (page.end > sizeBytes) throw badImage(at)
    if (page.isFirst) {
      if (++count > MAX_STREAMS) throw badImage(at)
      streams.set(page.serial, { codec: yield* readCodec(page), packet: 0, isWithin: false })
    }
    const stream = streams.get(page.serial)
    if (stream === undefined) throw badImage(at)
    const inPage = yield* planPage(page, stream)
    if (inPage.length > 0) patches.push(...inPage, yield* checksumPatch(page, inPage))
    at = page.end
  }
  if ([...streams.values()].some(({ packet }) => packet < 2)) throw badImage(sizeBytes)
  return patches
}

function* readCodec({ start, end }: OggPage): Reading<Codec> {
  const beginning = latin1Decode((yield* read(start, Math.min(8, end - start))).bytes)
  const found = codecs.find(({ begins }) => beginning.startsWith(begins))
  if (found === undefined) throw badImage(start)
  return found
}

/** The parts of the second packet go. */
function* planPage(page: OggPage, stream: Stream): Reading<readonly Patch[]> {
  if (stream.packet > 1) return []
  if (page.isContinued !== stream.isWithin) throw badImage(page.at)
  const patches: Patch[] = []
  for (const [index, part] of page.parts.entries()) {
    if (stream.packet === 1) patches.push(yield* planComment(part, stream))
    stream.isWithin = page.isOpen && index === page.parts.length - 1
    if (!stream.isWithin) stream.packet++
  }
  return patches
}

function* planComment({ at, length }: Span, { codec: { comment, empty }, isWithin }: Stream): Reading<Patch> {
  if (isWithin) return { at, length }
  if (length < empty.length || (yield* read(at, comment.length)).text(0, comment.length) !== comment) throw badImage(at)
  return { at, length, head: empty }
}

function* checksumPatch({ at, end }: OggPage, patches: readonly Patch[]): Reading<Patch> {
  const before = yield* read(at, end - at)
  const changed = withPatches(before.bytes, [...patches, { at: at + CHECKSUM_AT, length: 4 }], at)
  return { at: at + CHECKSUM_AT, length: 4, head: encodeUint32LittleEndian(checksumOf(POLYNOMIAL, changed)) }
}
