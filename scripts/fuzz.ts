import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { loadTargets } from './fuzz/targets.ts'
import type { FuzzOrder, FuzzReport } from './fuzz/worker.ts'

const help = `npm run fuzz -- PARSER… [--cases N] [--seed S] [--from K]

Feeds damaged inputs to parsers of untrusted bytes. Each case follows from the seed and its number alone, so a finding
is repeated with --seed S --from K --cases 1. PARSER is a name, the beginning of names, or "all".

  --cases N   how many cases for each parser (10000)
  --seed S    a whole number (1)
  --from K    the number of the first case (0)
  --list      the parsers and nothing else`

/** A case that takes longer than this has hung; the slowest honest one is a thousand times faster. */
const HANG_MS = 10_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const targets = await loadTargets()
const wanted = [...targets.keys()].filter(name => positionals.some(word => word === 'all' || name.startsWith(word)))

if (values.list) console.log([...targets.keys()].join('\n'))
else if (values.help || wanted.length === 0) {
  console.log(`${help}\n\nParsers: ${[...targets.keys()].join(' ')}`)
  process.exitCode = values.help ? 0 : 2
} else {
  let failed = 0
  for (const name of wanted) if (!(await fuzz(name, number('cases'), number('seed'), number('from')))) failed += 1
  console.log(`${wanted.length - failed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

function number(option: 'cases' | 'seed' | 'from'): number {
  const value = Number(values[option])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${option} must be a whole number`)
  return value
}

/** Runs one parser in a thread of its own, so that a hang or an out-of-memory ends that thread only. */
async function fuzz(name: string, cases: number, seed: number, from: number): Promise<boolean> {
  const progress = new SharedArrayBuffer(4)
  const order: FuzzOrder = { name, seed, from, to: from + cases, progress }
  const started = performance.now()
  const report = await runWorker(order)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (report.kind === 'done') {
    const { accepted, refused, slowestMs } = report
    console.log(
      `${name}: ${cases} cases, ${accepted} accepted, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms, ${seconds} s`,
    )
    return true
  }
  console.error(`${name}: case ${report.caseNumber} of seed ${seed}: ${report.problem}\n  input ${report.inputHex}`)
  return false
}

function runWorker(order: FuzzOrder): Promise<FuzzReport> {
  const worker = new Worker(new URL('fuzz/worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const progress = new Int32Array(order.progress)
  return new Promise(resolve => {
    let seen = -1
    const current = (): number => Atomics.load(progress, 0)
    const watchdog = setInterval(() => {
      if (current() === seen) finish({ kind: 'finding', caseNumber: seen, problem: 'hangs', inputHex: '' })
      seen = current()
    }, HANG_MS)
    const finish = (report: FuzzReport): void => {
      clearInterval(watchdog)
      void worker.terminate()
      resolve(report)
    }
    worker.once('message', finish)
    worker.once('error', error =>
      finish({ kind: 'finding', caseNumber: current(), problem: error.message, inputHex: '' }),
    )
  })
}
