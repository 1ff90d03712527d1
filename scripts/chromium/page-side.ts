import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { projectRoot } from '../root.ts'
import { bundleWorker } from './bundle.ts'
import { chromiumFlags, findChromium } from './find-chromium.ts'
import { serve } from './serve.ts'
import type { WorkerSays } from './worker-side.ts'

/** A page of a real browser that can start one bundled worker again and again. */
export interface WorkerPage {
  /** Gives the task to a new worker. Rejects when the worker fails, or is silent for too long. */
  ask<Answer>(task: unknown, timeoutMs: number): Promise<Answer>
  /** Origins other than our own that something in the page asked for; those requests were refused. */
  readonly strangers: readonly string[]
  close(): Promise<void>
}

/**
 * Bundles a worker, serves it on the loopback address, and opens a page there.
 * @throws {Error} where no Chromium is installed
 */
export async function openWorkerPage(entry: string): Promise<WorkerPage> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
  const served = await serve(await bundleWorker(projectRoot, join(projectRoot, entry)))
  const browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] })
  const close = async (): Promise<void> => {
    await browser.close()
    await served.stop()
  }
  try {
    const page = await browser.newPage()
    const strangers = await watchRequests(page, served.origin)
    await page.goto(served.origin)
    return {
      ask: <Answer>(task: unknown, timeoutMs: number) =>
        page.evaluate(askWorker, { task, timeoutMs }) as Promise<Answer>,
      strangers,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Refuses and remembers every request that does not go to our own server. */
async function watchRequests(page: Page, origin: string): Promise<readonly string[]> {
  const strangers: string[] = []
  await page.context().route('**', async route => {
    const url = route.request().url()
    if (url.startsWith(`${origin}/`)) return route.continue()
    strangers.push(new URL(url).origin)
    return route.abort()
  })
  return strangers
}

/** The shape of a browser's worker; the scripts are type-checked for Node, where `Worker` is another class. */
interface PageWorker {
  onmessage: ((event: { readonly data: WorkerSays<unknown> }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
  postMessage(task: unknown): void
  terminate(): void
}

/** Runs in the page, so it may use nothing from this module. */
async function askWorker(work: { readonly task: unknown; readonly timeoutMs: number }): Promise<unknown> {
  const { Worker } = globalThis as unknown as { Worker: new (url: string, options: { type: 'module' }) => PageWorker }
  const worker = new Worker('/worker.js', { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the worker did not answer in time')), work.timeoutMs)
      worker.onmessage = ({ data }) => {
        if (data.kind === 'ready') return worker.postMessage(work.task)
        clearTimeout(late)
        return resolve(data.answer)
      }
      worker.onerror = event => reject(new Error(event.message ?? 'the worker could not start'))
    })
  } finally {
    worker.terminate()
  }
}
