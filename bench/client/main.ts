import { loadavg } from 'node:os'
import { type BenchCase, BenchRun } from './bench-run.ts'
import { benchIdle } from './cases/idle.ts'
import { benchLatency } from './cases/latency.ts'
import { benchOffline } from './cases/offline.ts'
import { benchStore } from './cases/store.ts'
import { readOptions, usage, type BenchOptions } from './options.ts'

const cases: readonly BenchCase[] = [
  { name: 'latency', title: 'From sending to the screen of the other one, both online, three hops', run: benchLatency },
  { name: 'offline', title: 'Messages that waited: fetched, opened, stored', run: benchOffline },
  { name: 'idle', title: 'Traffic of people to whom nobody writes', run: benchIdle },
  { name: 'store', title: 'A large store', run: benchStore },
]

const options = readOptions(process.argv.slice(2))
if (options.help) process.stdout.write(usage)
else await main(options)

async function main(chosen: BenchOptions): Promise<void> {
  const { filters } = chosen
  const bench = new BenchRun(chosen)
  try {
    for (const { name, title, run } of cases) {
      if (filters.length > 0 && !filters.some(each => name.includes(each))) continue
      process.stdout.write(`\n### ${title}\n\n`)
      process.stdout.write(`${await run(bench)}\n\nLoad of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}\n`)
    }
  } finally {
    await bench.end()
  }
}
