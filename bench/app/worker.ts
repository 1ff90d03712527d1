import { encodePreview } from '../../packages/app/src/pictures/index.ts'
import { answerTasks } from '../../scripts/chromium/worker-side.ts'
import { type ThumbnailTask, type ThumbnailTimes } from '../files/thumbnail-task.ts'

answerTasks(async ({ rounds, ...size }: ThumbnailTask): Promise<ThumbnailTimes> => {
  const jpeg = await scene(size.width, size.height)
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await timed(async () => likeTheApp(jpeg)))
    bare.push(await timed(async () => likeTheBrowser(jpeg)))
  }
  return { bytes: jpeg.size, ours, bare }
})

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function likeTheApp(jpeg: Blob): Promise<void> {
  const picture = await createImageBitmap(jpeg)
  const preview = await encodePreview(picture, picture)
  picture.close()
  if (preview === undefined) throw new Error('no preview')
}

/** The size is known beforehand, and the first encoding is taken whatever its length. */
async function likeTheBrowser(jpeg: Blob): Promise<void> {
  const options = { resizeHeight: 200, resizeQuality: 'high' } as const
  const picture = await createImageBitmap(jpeg, options)
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })
  await blob.arrayBuffer()
}

/** Many shapes of many colours: a picture with as much in it as one of a camera. The same each time. */
async function scene(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  let state = 1
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32) * most
  }
  for (let shape = 0; shape < 60_000; shape++) {
    context.fillStyle = `hsl(${below(360)} ${below(100)}% ${below(100)}% / 0.6)`
    context.fillRect(below(width), below(height), below(width / 20), below(height / 20))
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
}
