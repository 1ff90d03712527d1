import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { projectRoot } from '../root.ts'
import type { ConformanceAnswer, ConformanceTask } from './conformance-worker.ts'
import { openWorkerPage, type WorkerPage } from './page-side.ts'

const FILE_TIMEOUT_MS = 5 * 60_000

/** Prints what became of each file, then `N passed, N failed`; answers with the exit code. */
async function runAll(page: WorkerPage): Promise<number> {
  let [passed, failed] = [0, 0]
  const folder = join(projectRoot, 'vectors')
  for (const file of readdirSync(folder).filter(each => each.endsWith('.json'))) {
    const task = { name: basename(file, '.json'), text: readFileSync(join(folder, file), 'utf8') }
    const answer = await runFile(page, task)
    // Groups that no sub-path knows yet are named, as with --allow-unknown.
    const unknown = answer.unknown.map(group => `unknown group: ${group}`)
    const said = [...answer.lines, ...unknown, ...(answer.error === undefined ? [] : [`${task.name}: ${answer.error}`])]
    process.stdout.write(`${said.join('\n')}\n`)
    passed += answer.passed
    failed += answer.failed
  }
  for (const each of page.strangers) process.stdout.write(`asked ${each}, which is not ours\n`)
  failed += page.strangers.length
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed > 0 || passed === 0 ? 1 : 0
}

async function runFile(page: WorkerPage, task: ConformanceTask): Promise<ConformanceAnswer> {
  try {
    return await page.ask<ConformanceAnswer>(task, FILE_TIMEOUT_MS)
  } catch (error) {
    return { lines: [], passed: 0, failed: 1, unknown: [], error: String(error) }
  }
}

/** Runs every file of known answers in a dedicated worker of a real browser, each file in a new worker. */
const page = await openWorkerPage('scripts/chromium/conformance-worker.ts')
try {
  process.exitCode = await runAll(page)
} finally {
  await page.close()
}
