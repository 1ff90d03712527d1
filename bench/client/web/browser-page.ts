import { join } from 'node:path'
import { extname } from 'node:path/posix'
import { chromium } from 'playwright-core'
import { bundleWorker } from '../../../scripts/chromium/bundle.ts'
import { chromiumFlags, findChromium } from '../../../scripts/chromium/find-chromium.ts'
import { projectRoot } from '../../../scripts/root.ts'
import { type WebTask } from './web-task.ts'

/** A page that came from the gateway, as far as the browser knows, with a worker for each task. */
export interface BrowserPage {
  ask<Answer>(task: WebTask): Promise<Answer>
  close(): Promise<void>
}

const types: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript'],
  ['.wasm', 'application/wasm'],
])
const entry = 'bench/client/web/browser/worker.ts'

/**
 * `undefined` where no Chromium is installed. What the bundle does not have, the gateway is asked for. Files of the origin lie in
 * `profile`, as they do for people; in a private window each write to them would go through another process.
 */
export async function openBrowserPage(gateway: string, profile: string): Promise<BrowserPage | undefined> {
  const executablePath = findChromium({ isWhole: true })
  if (executablePath === undefined) return undefined
  const bundle = await bundleWorker(projectRoot, join(projectRoot, entry))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...chromiumFlags],
  })
  const page = await browser.newPage()
  // What was put in place of an answer has no address, so the browser takes this machine for a stranger's.
  await browser.grantPermissions(['local-network-access'])
  await browser.route('**', async route => {
    const path = new URL(route.request().url()).pathname
    const body = path === '/' ? '<!doctype html><title>Sotto</title>' : bundle.get(path)
    if (body === undefined) return route.continue()
    const contentType = path === '/' ? 'text/html' : (types.get(extname(path)) ?? 'application/octet-stream')
    return route.fulfill({ body: typeof body === 'string' ? body : Buffer.from(body), contentType })
  })
  await page.goto(gateway)
  return {
    ask: async <Answer>(task: WebTask) => (await page.evaluate(askWorker, task)) as Answer,
    close: async () => browser.close(),
  }
}

interface PageWorker {
  onmessage:
    | ((event: { readonly data: 'ready' | { readonly result?: unknown; readonly problem?: string } }) => void)
    | null
  onerror: ((event: { readonly message?: string }) => void) | null
  postMessage(task: unknown): void
  terminate(): void
}

/** Runs in the page, so it may use nothing from this module. */
async function askWorker(task: WebTask): Promise<unknown> {
  const { Worker } = globalThis as unknown as { Worker: new (url: string, options: { type: 'module' }) => PageWorker }
  const worker = new Worker('/worker.js', { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data === 'ready') return worker.postMessage(task)
        if (data.problem === undefined) return resolve(data.result)
        return reject(new Error(data.problem))
      }
      worker.onerror = event => reject(new Error(event.message ?? 'the worker could not start'))
    })
  } finally {
    worker.terminate()
  }
}
