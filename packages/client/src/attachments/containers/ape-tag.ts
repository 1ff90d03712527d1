import { latin1Encode } from '@sotto/protocol/encoding'
import { badImage } from '../images/image-bytes.ts'
import { type Patch, read, type Reading } from './reading.ts'

const HEAD_BYTES = 32
/** The flag of a head; without it, it is the footer of a tag of the first version, which has none. */
const IS_HEAD = 0x20000000
const name = latin1Encode('APETAGEX')

/**
 * An APE tag of version 2 that begins with its head (`APETAGEX` ‖ version 4 ‖ size 4 with the footer ‖ items 4 ‖ flags 4 ‖ zeros 8)
 * becomes one without items. All numbers are little-endian.
 */
export function* emptyApeTag(at: number): Reading<{ readonly patches: readonly Patch[]; readonly end: number }> {
  const head = yield* read(at, HEAD_BYTES)
  const size = head.uint32Little(12)
  const foot = at + size
  if ((head.uint32Little(20) & IS_HEAD) === 0 || size < HEAD_BYTES) throw badImage(at)
  const footer = yield* read(foot, HEAD_BYTES)
  if (!name.every((letter, place) => footer.byte(place) === letter)) throw badImage(foot)
  const patches = [
    { at: at + 16, length: 4 },
    { at: at + 24, length: 8 },
    { at: at + HEAD_BYTES, length: size - HEAD_BYTES },
    { at: foot + 16, length: 4 },
    { at: foot + 24, length: 8 },
  ]
  return { patches, end: foot + HEAD_BYTES }
}
