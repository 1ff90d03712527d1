import { BARS, peaksOf } from './peaks.ts'

/** What is known of a recording. */
export interface SoundFacts {
  /** `undefined` if the file does not say it. */
  readonly seconds: number | undefined
  /** How loud it is over time; `undefined` where it is not drawn. */
  readonly peaks: readonly number[] | undefined
}

/** Longer ones would take much memory for a few bars; voice messages end after five minutes. */
const MAX_DRAWN_SECONDS = 600
/** Enough for how loud it is, and the least that every browser takes. */
const SAMPLE_RATE = 8000

/** Looks how long a recording is, and how loud where. Rejects where the browser cannot play it. */
export async function readSound(blob: Blob, url: string, isDrawn: boolean): Promise<SoundFacts> {
  const seconds = await lengthOf(url)
  if (!isDrawn || (seconds ?? MAX_DRAWN_SECONDS) > MAX_DRAWN_SECONDS) return { seconds, peaks: undefined }
  try {
    const context = new OfflineAudioContext(1, 1, SAMPLE_RATE)
    const buffer = await context.decodeAudioData(await blob.arrayBuffer())
    return { seconds: seconds ?? buffer.duration, peaks: peaksOf(buffer.getChannelData(0), BARS) }
  } catch {
    // It may still be played.
    return { seconds, peaks: undefined }
  }
}

/** Seconds; `undefined` where the file does not say it. Rejects where the browser cannot play it. */
export async function lengthOf(url: string): Promise<number | undefined> {
  const sound = new Audio()
  const isKnown = new Promise<void>((resolve, reject) => {
    sound.addEventListener('loadedmetadata', () => resolve())
    sound.addEventListener('error', () => reject(new Error('this cannot be played')))
  })
  sound.preload = 'metadata'
  sound.src = url
  await isKnown
  const { duration } = sound
  sound.removeAttribute('src')
  return Number.isFinite(duration) ? duration : undefined
}
