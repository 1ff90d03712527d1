import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { projectRoot } from '../root.ts'
import { bundleWorker } from './bundle.ts'
import type { ConformanceAnswer, ConformanceTask } from './conformance-worker.ts'
import { chromiumFlags, findChromium } from './find-chromium.ts'
import { serve } from './serve.ts'

const FILE_TIMEOUT_MS = 2 * 60_000

/** Runs every file of known answers in a dedicated worker of a real browser, each file in a new worker. */
async function main(): Promise<number> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
  const bundle = await bundleWorker(projectRoot, join(projectRoot, 'scripts/chromium/conformance-worker.ts'))
  const served = await serve(bundle)
  const browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] })
  try {
    const page = await browser.newPage()
    const strangers = await watchRequests(page, served.origin)
    await page.goto(served.origin)
    return await runAll(page, strangers)
  } finally {
    await browser.close()
    await served.stop()
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

/** Prints what became of each file, then `N passed, N failed`; answers with the exit code. */
async function runAll(page: Page, strangers: readonly string[]): Promise<number> {
  let [passed, failed] = [0, 0]
  const folder = join(projectRoot, 'vectors')
  for (const file of readdirSync(folder).filter(each => each.endsWith('.json'))) {
    const task = { name: basename(file, '.json'), text: readFileSync(join(folder, file), 'utf8') }
    const answer = await runInWorker(page, task)
    const unknown = answer.unknown.map(group => `unknown group: ${group}`)
    const said = [...answer.lines, ...unknown, ...(answer.error === undefined ? [] : [`${task.name}: ${answer.error}`])]
    process.stdout.write(`${said.join('\n')}\n`)
    passed += answer.passed
    failed += answer.failed + unknown.length
  }
  for (const each of strangers) process.stdout.write(`asked ${each}, which is not ours\n`)
  failed += strangers.length
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed > 0 || passed === 0 ? 1 : 0
}

async function runInWorker(page: Page, task: ConformanceTask): Promise<ConformanceAnswer> {
  return page.evaluate(askWorker, { task, timeoutMs: FILE_TIMEOUT_MS })
}

/** The shape of a browser's worker; the scripts are type-checked for Node, where `Worker` is another class. */
interface PageWorker {
  onmessage: ((event: { readonly data: ConformanceAnswer | 'ready' }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
  postMessage(task: ConformanceTask): void
  terminate(): void
}

/** Runs in the page, so it may use nothing from this module. */
async function askWorker(work: { task: ConformanceTask; timeoutMs: number }): Promise<ConformanceAnswer> {
  const { Worker } = globalThis as unknown as { Worker: new (url: string, options: { type: 'module' }) => PageWorker }
  const worker = new Worker('/worker.js', { type: 'module' })
  return new Promise(resolve => {
    const end = (answer: ConformanceAnswer): void => {
      worker.terminate()
      resolve(answer)
    }
    const fail = (error: string): void => end({ lines: [], passed: 0, failed: 1, unknown: [], error })
    const late = setTimeout(() => fail('the worker did not answer in time'), work.timeoutMs)
    worker.onmessage = ({ data }) => {
      if (data === 'ready') return worker.postMessage(work.task)
      clearTimeout(late)
      end(data)
    }
    worker.onerror = event => {
      clearTimeout(late)
      fail(event.message ?? 'the worker could not start')
    }
  })
}

process.exitCode = await main()
