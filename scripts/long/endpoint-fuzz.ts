import { runEndpointFuzz } from '../../packages/node/test/endpoint-fuzz/run-endpoint-fuzz.ts'
import type { LongPart } from './long-part.ts'

/** Damaged requests to every endpoint of real nodes. Spec 70 §6.1. */
export const endpointFuzz: LongPart = {
  name: 'endpoint-fuzz',
  usualCount: 1_000_000,
  unit: 'requests',
  run: async ({ seed, count, from }, say) => {
    const { statuses, findings, failures } = await runEndpointFuzz(count, seed, from)
    const rows = [...statuses].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const [what, number] of rows) say(`${String(number).padStart(9)}  ${what}`)
    for (const finding of [...findings, ...failures].slice(0, 50)) say(finding)
    const failed = findings.length + failures.length
    return { passed: count - findings.length, failed, skipped: 0 }
  },
}
