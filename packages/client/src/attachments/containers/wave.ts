import { latin1Encode } from '@sotto/protocol/encoding'
import { badImage } from '../images/image-bytes.ts'
import { type Patch, read, type Reading } from './reading.ts'

const HEADER_BYTES = 12
const CHUNK_HEAD_BYTES = 8
const MAX_CHUNKS = 10_000
/** Everybody skips chunks of this name. */
const junk = latin1Encode('JUNK')
const needed: ReadonlySet<string> = new Set(['fmt ', 'data', 'fact'])
/** PCM, two kinds of ADPCM, numbers with fractions, A-law, µ-law. What is in other ones could have tags of its own. */
const plainFormats: ReadonlySet<number> = new Set([1, 2, 3, 6, 7, 0x11])
/** The format stands further behind then. */
const EXTENSIBLE = 0xfffe

/**
 * What is to be overwritten so that a WAV file is nothing but its sound: all other chunks (LIST, bext, iXML, id3 and whatever nobody
 * knows) become `JUNK`. Refuses what it is not sure of with `attachments.bad-image`.
 */
export function* planWave(sizeBytes: number): Reading<readonly Patch[]> {
  const patches: Patch[] = []
  const seen = new Set<string>()
  let chunks = 0
  for (let at = HEADER_BYTES; at < sizeBytes;) {
    const head = yield* read(at, CHUNK_HEAD_BYTES)
    const name = head.text(0, 4)
    const start = at + CHUNK_HEAD_BYTES
    const size = head.uint32Little(4)
    // With the byte that makes it even, which the last one may lack.
    const end = Math.min(start + size + (size % 2), sizeBytes)
    if (start + size > sizeBytes || ++chunks > MAX_CHUNKS) throw badImage(at)
    if (needed.has(name)) {
      if (seen.has(name)) throw badImage(at)
      seen.add(name)
      if (name === 'fmt ') yield* requirePlain(start)
    } else {
      yield* requireNoSound(name, start)
      patches.push({ at, length: 4, head: junk }, { at: start, length: end - start })
    }
    at = end
  }
  if (!seen.has('fmt ') || !seen.has('data')) throw badImage(0)
  return patches
}

function* requirePlain(start: number): Reading<void> {
  const format = (yield* read(start, 2)).uint16Little(0)
  const plain = format === EXTENSIBLE ? (yield* read(start + 24, 2)).uint16Little(0) : format
  if (!plainFormats.has(plain)) throw badImage(start)
}

/** A list of pieces of sound with silence between. */
function* requireNoSound(name: string, start: number): Reading<void> {
  if (name === 'LIST' && (yield* read(start, 4)).text(0, 4) === 'wavl') throw badImage(start)
}
