/** How many bars a voice message is drawn with. */
export const BARS = 44

/** How loud each part of a recording is, from 0 to 1, the loudest being 1. Silence stays silence. */
export function peaksOf(samples: Float32Array, bars: number): readonly number[] {
  const size = samples.length / bars
  const loudness = Array.from({ length: bars }, (_, at) => {
    const from = Math.floor(at * size)
    const to = Math.max(from + 1, Math.floor((at + 1) * size))
    let sum = 0
    for (let each = from; each < to; each += 1) sum += (samples[each] ?? 0) ** 2
    return Math.sqrt(sum / (to - from))
  })
  const most = Math.max(...loudness)
  return most < 1e-4 ? loudness.map(() => 0) : loudness.map(each => each / most)
}
