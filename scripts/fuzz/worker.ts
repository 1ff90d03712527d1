import { parentPort, workerData } from 'node:worker_threads'
import { SottoError } from '../../packages/protocol/src/error/index.ts'
import { CaseRandom, mutate } from './mutate.ts'
import { loadTargets } from './targets.ts'

/** What the main thread asks for. `progress` holds the number of the case in work, so that a hang can be told. */
export interface FuzzOrder {
  readonly name: string
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly progress: SharedArrayBuffer
}

/** What comes back: how the cases ended, or the one that must not have ended so. */
export type FuzzReport =
  | { readonly kind: 'done'; readonly accepted: number; readonly refused: number; readonly slowestMs: number }
  | { readonly kind: 'finding'; readonly caseNumber: number; readonly problem: string; readonly inputHex: string }

/** More array memory than this after a round of cases means that some length was believed before it was checked. */
const MEMORY_BOUND = 256 * 1024 * 1024

const order = workerData as FuzzOrder
const target = (await loadTargets()).get(order.name)
if (target === undefined) throw new Error(`no parser ${order.name}`)
const progress = new Int32Array(order.progress)
let accepted = 0
let refused = 0
let slowestMs = 0

for (let caseNumber = order.from; caseNumber < order.to; caseNumber += 1) {
  Atomics.store(progress, 0, caseNumber)
  const input = mutate(target.corpus, new CaseRandom(order.seed, caseNumber))
  const started = performance.now()
  try {
    target.run(input)
    accepted += 1
  } catch (error) {
    if (!(error instanceof SottoError)) report(caseNumber, describe(error), input)
    refused += 1
  }
  slowestMs = Math.max(slowestMs, performance.now() - started)
  if (caseNumber % 512 === 0 && process.memoryUsage().arrayBuffers > MEMORY_BOUND) {
    report(caseNumber, 'array memory beyond its bound', input)
  }
}
parentPort?.postMessage({ kind: 'done', accepted, refused, slowestMs } satisfies FuzzReport)

function report(caseNumber: number, problem: string, input: Uint8Array): never {
  const finding: FuzzReport = { kind: 'finding', caseNumber, problem, inputHex: Buffer.from(input).toString('hex') }
  parentPort?.postMessage(finding)
  process.exit(0)
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : `threw ${typeof error}`
}
