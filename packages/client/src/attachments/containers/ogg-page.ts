import { badImage } from '../images/image-bytes.ts'
import { read, type Reading, type Span } from './reading.ts'

/** `OggS` ‖ version 1 ‖ flags 1 ‖ position 8 ‖ stream 4 ‖ number 4 ‖ checksum 4 ‖ segments 1 ‖ the length of each. RFC 3533 §6. */
export interface OggPage {
  readonly at: number
  /** Of what is in it. */
  readonly start: number
  readonly end: number
  readonly serial: number
  /** Whether it begins with the rest of a packet. */
  readonly isContinued: boolean
  /** Of its stream. */
  readonly isFirst: boolean
  /** Of packets, one for each. */
  readonly parts: readonly Span[]
  /** Whether the last of them goes on in another page. */
  readonly isOpen: boolean
}

const HEAD_BYTES = 27

/** The page that begins here; it may go on beyond the end. */
export function* readOggPage(at: number): Reading<OggPage> {
  const head = yield* read(at, HEAD_BYTES)
  if (head.text(0, 4) !== 'OggS' || head.byte(4) !== 0) throw badImage(at)
  const segments = (yield* read(at + HEAD_BYTES, head.byte(26))).bytes
  const start = at + HEAD_BYTES + segments.length
  const parts: Span[] = []
  let from = start
  let end = start
  for (const [index, length] of segments.entries()) {
    end += length
    // A packet ends with the first segment that is not full.
    if (length === 255 && index < segments.length - 1) continue
    parts.push({ at: from, length: end - from })
    from = end
  }
  const flags = head.byte(5)
  return {
    at,
    start,
    end,
    serial: head.uint32Little(14),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    parts,
    isOpen: segments.at(-1) === 255,
  }
}
