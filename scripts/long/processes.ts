import { awayRun, fullDiskRun, killRun } from '../../packages/node/test/faults/processes/process-faults.ts'
import type { ProcessVerdict } from '../../packages/node/test/faults/processes/process-run.ts'
import type { LongPart } from './long-part.ts'

type Run = (seed: number) => Promise<ProcessVerdict | undefined>

/** Rounds of kills in one run. */
const killRounds = 10

const runs: readonly (readonly [name: string, run: Run])[] = [
  ['kill -9 under load', seed => killRun(seed, killRounds)],
  ['frozen and away', awayRun],
  ['full disk', fullDiskRun],
]

/** The same judgement over real processes and files. Spec 70, D2, D3, D10. */
export const processes: LongPart = {
  name: 'processes',
  usualCount: 100,
  unit: 'seeds of each kind',
  run: async ({ seed, count, kind }, say) => {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const [name, run] of runs.filter(([each]) => each.includes(kind))) {
      for (let at = 0; at < count; at++) {
        const verdict = await run(seed + at)
        if (verdict === undefined) counts.skipped++
        else if (isGood(verdict)) counts.passed++
        else counts.failed++
        say(`${name}, seed ${seed + at}: ${verdict === undefined ? 'may not mount a tmpfs' : report(verdict)}`)
      }
    }
    return counts
  },
}

function isGood({ violations, problems }: ProcessVerdict): boolean {
  return violations.length + problems.length === 0
}

function report({ violations, problems, confirmed, settledMs }: ProcessVerdict): string {
  const seen = violations.slice(0, 5).map(({ kind, hash }) => `${kind} ${hash.slice(0, 6)}`)
  const settled = `${confirmed} confirmed, agreed after ${settledMs} ms`
  return [settled, `${violations.length} violations`, ...seen, ...problems.slice(0, 3)].join(', ')
}
