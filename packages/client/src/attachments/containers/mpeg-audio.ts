import { badImage, type ImageBytes } from '../images/image-bytes.ts'
import { emptyApeTag } from './ape-tag.ts'
import { planFlac } from './flac.ts'
import { emptyId3, emptyId3Tail, ID3_TAIL_BYTES } from './id3.ts'
import { type Patch, read, type Reading } from './reading.ts'

/** Thousands of bits per second of layer III, by the index in a frame. ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3. */
const rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const sampleRates = [44_100, 48_000, 32_000]

/** Of what is skipped at once where there is nothing. */
const EMPTY_BYTES = 4096

/**
 * What is to be overwritten so that an MP3 does not say what its tags (ID3 of all versions, APE) say; they stay, empty. One frame must
 * follow the other, so that nothing else can lie between or behind them: refuses what it is not sure of with
 * `attachments.bad-image`. A FLAC file with tags in front is one.
 */
export function* planMpegAudio(sizeBytes: number): Reading<readonly Patch[]> {
  const patches: Patch[] = []
  let frames = 0
  for (let at = 0; at < sizeBytes;) {
    const head = yield* read(at, Math.min(8, sizeBytes - at))
    if (head.byte(0) === 0) at = yield* skipEmpty(at, sizeBytes)
    else if (head.byte(0) === 0xff) {
      at += frameBytes(head, at)
      frames++
    } else {
      const name = head.text(0, 4)
      // Only tags can have come before it.
      if (name === 'fLaC' && frames === 0) return [...patches, ...(yield* planFlac(sizeBytes, at))]
      const { end, patches: more } = yield* emptyTag(name, at)
      patches.push(...more)
      at = end
    }
    if (at > sizeBytes) throw badImage(at)
  }
  if (frames === 0) throw badImage(0)
  return patches
}

function* emptyTag(name: string, at: number): Reading<{ readonly patches: readonly Patch[]; readonly end: number }> {
  if (name.startsWith('ID3')) {
    const patch = yield* emptyId3(at)
    return { patches: [patch], end: at + patch.length }
  }
  // `TAG+` is a longer one, whose fields are others.
  if (name.startsWith('TAG') && name !== 'TAG+') return { patches: emptyId3Tail(at), end: at + ID3_TAIL_BYTES }
  if (name === 'APET') return yield* emptyApeTag(at)
  throw badImage(at)
}

/** How long a frame of layer III is: eleven bits ‖ version 2 ‖ layer 2 ‖ 1 ‖ rate 4 ‖ samples 2 ‖ padding 1 ‖ … */
function frameBytes(head: ImageBytes, at: number): number {
  const bits = head.uint32(0)
  const version = (bits >>> 19) & 3
  const sampleRate = sampleRates[(bits >>> 10) & 3]
  const isFirst = version === 3
  const rate = (isFirst ? rates1 : rates2)[(bits >>> 12) & 15] ?? 0
  const isLayer3 = bits >>> 21 === 0x7ff && ((bits >>> 17) & 3) === 1
  if (!isLayer3 || version === 1 || sampleRate === undefined || rate === 0) throw badImage(at)
  // Half of the samples, and in the version of low rates again.
  const samples = isFirst ? sampleRate : sampleRate / (version === 2 ? 2 : 4)
  return Math.floor(((isFirst ? 144_000 : 72_000) * rate) / samples) + ((bits >>> 9) & 1)
}

function* skipEmpty(from: number, sizeBytes: number): Reading<number> {
  for (let at = from; at < sizeBytes;) {
    const { bytes } = yield* read(at, Math.min(EMPTY_BYTES, sizeBytes - at))
    const place = bytes.findIndex(byte => byte !== 0)
    if (place >= 0) return at + place
    at += bytes.length
  }
  return sizeBytes
}
