import { latin1Decode } from '@sotto/protocol/encoding'
import { AttachmentsError } from './attachments-error.ts'
import { planMovie } from './containers/movie.ts'
import { type Patch, readIn, type Reading, withPatches } from './containers/reading.ts'
import { planWebm } from './containers/webm.ts'
import { detectType } from './file-type.ts'
import { stripMetadata } from './images/strip-metadata.ts'

/** A file as it is sent. */
export interface StrippedFile {
  /** A fresh array, or the argument. */
  readonly bytes: Uint8Array
  /** `false`: nothing was taken away, because nobody here knows how to, or is sure to. */
  readonly isStripped: boolean
}

const movies: ReadonlySet<string> = new Set(['video/mp4', 'video/quicktime', 'audio/mp4'])
/** Pictures of phones that are sent as files have the same boxes as AVIF. */
const pictures: ReadonlySet<string> = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'])

/**
 * The same file without what it says of where, when and with what it was made. Pictures become shorter; in films, sounds, AVIF
 * and HEIC the same is overwritten, byte for byte in its place. Spec 50 §4, spec 70 F11.
 * @throws {AttachmentsError} `attachments.bad-image` for a picture whose parts cannot be told apart
 */
export function stripFile(bytes: Uint8Array): StrippedFile {
  const contentType = detectType(bytes)
  const stripped = stripMetadata(bytes, contentType)
  if (stripped !== bytes) return { bytes: stripped, isStripped: true }
  const plan = planFor(bytes, contentType)
  if (plan === undefined) return { bytes, isStripped: false }
  try {
    return { bytes: withPatches(bytes, readIn(bytes, plan)), isStripped: true }
  } catch (error) {
    if (error instanceof AttachmentsError) return { bytes, isStripped: false }
    throw error
  }
}

function planFor(bytes: Uint8Array, contentType: string): Reading<readonly Patch[]> | undefined {
  const head = latin1Decode(bytes.subarray(0, 12))
  if (head.startsWith('\x1aE\xdf\xa3')) return planWebm(bytes.length)
  if (!head.startsWith('ftyp', 4)) return undefined
  if (pictures.has(head.slice(8))) return planMovie(bytes.length, true)
  return movies.has(contentType) ? planMovie(bytes.length, false) : undefined
}
