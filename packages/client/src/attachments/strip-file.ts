import { latin1Decode } from '@sotto/protocol/encoding'
import { AttachmentsError } from './attachments-error.ts'
import { planFlac } from './containers/flac.ts'
import { planMovie } from './containers/movie.ts'
import { planMpegAudio } from './containers/mpeg-audio.ts'
import { planOgg } from './containers/ogg.ts'
import {
  type FileSource,
  type Patch,
  readIn,
  type Reading,
  readThrough,
  requirePlausible,
  withPatches,
} from './containers/reading.ts'
import { planWave } from './containers/wave.ts'
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
/** Cameras begin their films with these, too. */
const movieBrands: ReadonlySet<string> = new Set([
  '3gp6',
  '3gp7',
  '3gpp',
  '3gg6',
  '3g2a',
  '3g2b',
  'iso3',
  'XAVC',
  'CAEP',
  'hvc1',
  'f4v ',
])
/** Pictures of phones that are sent as files have the same boxes as AVIF. */
const pictures: ReadonlySet<string> = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'])

/** Sounds that have an index or tags of their own kind. */
const sounds: ReadonlyMap<string, (sizeBytes: number) => Reading<readonly Patch[]>> = new Map([
  ['audio/mpeg', planMpegAudio],
  ['audio/flac', planFlac],
  ['audio/ogg', planOgg],
  ['audio/wav', planWave],
])

/** Enough to tell what it is. */
const HEAD_BYTES = 64

/**
 * The same file without what it says of where, when and with what it was made. Pictures become shorter; in films, sounds, AVIF
 * and HEIC the same is overwritten, byte for byte in its place. Frames of sound stay as they are, also where one names its encoder. Spec 50 §4, spec 70 F11.
 * @throws {AttachmentsError} `attachments.bad-image` for a picture whose parts cannot be told apart
 */
export function stripFile(bytes: Uint8Array): StrippedFile {
  const stripped = stripMetadata(bytes, detectType(bytes))
  if (stripped !== bytes) return { bytes: stripped, isStripped: true }
  const plan = planFor(bytes, bytes.length)
  if (plan === undefined) return { bytes, isStripped: false }
  try {
    const patches = readIn(bytes, plan)
    requirePlausible(patches, bytes.length)
    return { bytes: withPatches(bytes, patches), isStripped: true }
  } catch (error) {
    if (error instanceof AttachmentsError) return { bytes, isStripped: false }
    throw error
  }
}

/** A file that is not in memory as it is sent. */
export interface StrippedSource {
  readonly read: FileSource['read']
  readonly isStripped: boolean
}

/** The same for a large file, of which only the index is read; no picture. @throws what `read` throws */
export async function stripSource(source: FileSource): Promise<StrippedSource> {
  const { read, sizeBytes } = source
  const plan = planFor(await read(0, Math.min(HEAD_BYTES, sizeBytes)), sizeBytes)
  if (plan === undefined) return { read, isStripped: false }
  try {
    const patches = await readThrough(source, plan)
    requirePlausible(patches, sizeBytes)
    return { read: async (at, length) => withPatches(await read(at, length), patches, at), isStripped: true }
  } catch (error) {
    if (error instanceof AttachmentsError) return { read, isStripped: false }
    throw error
  }
}

function planFor(beginning: Uint8Array, sizeBytes: number): Reading<readonly Patch[]> | undefined {
  const head = latin1Decode(beginning.subarray(0, 12))
  if (head.startsWith('\x1aE\xdf\xa3')) return planWebm(sizeBytes)
  const type = detectType(beginning)
  if (!head.startsWith('ftyp', 4)) return sounds.get(type)?.(sizeBytes)
  const brand = head.slice(8)
  if (pictures.has(brand)) return planMovie(sizeBytes, true)
  const isMovie = movies.has(type) || movieBrands.has(brand)
  return isMovie ? planMovie(sizeBytes, false) : undefined
}
