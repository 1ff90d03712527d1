/** Quieter than this is silence, dB below the loudest. */
const floorDb = -54

/** How loud samples are, from 0 for silence to 1, as ears tell it. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) return 0
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const db = 10 * Math.log10(sum / samples.length)
  // A voice close to the microphone is about 12 dB below the loudest.
  return Math.min(1, Math.max(0, (db - floorDb) / (-12 - floorDb)))
}

/** The whole of a recording in so many bars: the loudest of each part. */
export function barsOf(levels: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count))
    return Math.max(0, ...levels.slice(from, to))
  })
}

/** The newest levels in so many bars, with silence before them. */
export function newestBars(levels: readonly number[], count: number): readonly number[] {
  const newest = levels.slice(-count)
  return [...Array.from({ length: count - newest.length }, () => 0), ...newest]
}

/** Strokes for an SVG path that is `bars.length` by 2, each in the middle of its place. Silence is a dot, `undefined` a gap. */
export function barsPath(bars: readonly (number | undefined)[]): string {
  return bars.map((level, at) => (level === undefined ? '' : stroke(at + 0.5, Math.max(0.04, level * 0.9)))).join('')
}

function stroke(x: number, reach: number): string {
  return `M${x} ${round(1 - reach)}V${round(1 + reach)}`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
