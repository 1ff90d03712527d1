import { encodePreview, type Preview } from '../pictures/index.ts'

/** Longer than that nobody waits for a small picture. */
const waitMs = 5000
/** Films often begin in the dark. */
const atSeconds = 0.5

/** A small picture of a video; `undefined` if the browser can't show it. */
export async function videoPreview(file: File): Promise<Preview | undefined> {
  const url = URL.createObjectURL(file)
  const video = document.createElement('video')
  const deadline = AbortSignal.timeout(waitMs)
  try {
    Object.assign(video, { muted: true, playsInline: true, preload: 'auto', src: url })
    await eventOf(video, 'loadeddata', deadline)
    const { videoWidth: width, videoHeight: height } = video
    if (width === 0 || height === 0) return undefined
    video.currentTime = Math.min(atSeconds, video.duration / 2 || 0)
    await eventOf(video, 'seeked', deadline)
    return await encodePreview(video, { width, height })
  } catch {
    return undefined
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

async function eventOf(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const over = new AbortController()
  video.addEventListener(name, () => resolve(), { signal: over.signal })
  video.addEventListener('error', () => reject(new DOMException('not a video', 'EncodingError')), {
    signal: over.signal,
  })
  signal.addEventListener('abort', () => reject(new DOMException('too slow', 'TimeoutError')), { signal: over.signal })
  try {
    await promise
  } finally {
    over.abort()
  }
}
