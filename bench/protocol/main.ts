import { findChromium } from '../../scripts/chromium/find-chromium.ts'
import { openWorkerPage } from '../../scripts/chromium/page-side.ts'
import { bare } from './bare/node.ts'
import { allCases } from './cases/index.ts'
import { formatResults } from './format.ts'
import { measure, type BenchResult } from './measure.ts'

const [filter = '', where = 'both'] = process.argv.slice(2)

if (filter === '--help') {
  console.log('npm run bench:protocol -- [part of a case name] [node|chromium|both]')
} else {
  if (where !== 'chromium') benchInNode()
  if (where !== 'node') await benchInChromium()
}

function benchInNode(): void {
  console.log(`\n${bare.platform}`)
  const cases = allCases(bare).filter(({ name }) => name.includes(filter))
  console.log(formatResults(cases.map(each => measure(each))))
}

async function benchInChromium(): Promise<void> {
  if (findChromium() === undefined) return console.log('\nno Chromium was found: set CHROMIUM to its path')
  const page = await openWorkerPage('bench/protocol/worker.ts')
  try {
    console.log('\nChromium worker, libsodium wasm and noble')
    console.log(formatResults(await page.ask<readonly BenchResult[]>(filter, 10 * 60_000)))
  } finally {
    await page.close()
  }
}
