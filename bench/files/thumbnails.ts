import { findChromium } from '../../scripts/chromium/find-chromium.ts'
import { openWorkerPage } from '../../scripts/chromium/page-side.ts'
import { median } from '../client/statistics.ts'
import { formatTable, ratio } from '../node/format.ts'
import { type ThumbnailTask, type ThumbnailTimes } from './thumbnail-task.ts'

const size = { width: 4000, height: 3000 }

/** Small pictures a second in a worker of Chromium, one after another, beside the browser's own calls in turn. Medians. */
export async function measureThumbnails(rounds: number): Promise<string> {
  if (findChromium() === undefined) return 'no Chromium was found: set CHROMIUM to its path'
  const page = await openWorkerPage('bench/app/worker.ts')
  try {
    const task: ThumbnailTask = { ...size, rounds }
    const { bare, bytes, ours } = await page.ask<ThumbnailTimes>(task, 10 * 60_000)
    const rate = (times: readonly number[]): number => 1000 / median(times)
    const name = `${size.width} by ${size.height}, ${(bytes / 1e6).toFixed(1)} MB`
    const figures = [rate(ours).toFixed(1), rate(bare).toFixed(1), ratio(rate(ours) / rate(bare))]
    return formatTable(['a JPEG', 'thumbnails/s', 'bare/s', 'ours : bare'], [[name, ...figures]])
  } finally {
    await page.close()
  }
}
