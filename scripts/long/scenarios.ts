import { runScenario } from '../../packages/node/test/faults/cluster/run-scenario.ts'
import { scenarioKinds } from '../../packages/node/test/faults/scenarios.ts'
import type { LongPart } from './long-part.ts'

/** Swarms of nodes in virtual time under every kind of fault, judged by what their clients saw. Spec 70 §8. */
export const scenarios: LongPart = {
  name: 'scenarios',
  usualCount: 1000,
  unit: 'seeds of each kind',
  run: async ({ seed, count, kind }, say) => {
    let [passed, failed] = [0, 0]
    for (const { name, of } of scenarioKinds.filter(each => each.name.includes(kind))) {
      const before = failed
      for (let at = 0; at < count; at++) {
        const { violations, failures, confirmed } = await runScenario(of(seed + at))
        const isGood = violations.length + failures.length === 0 && confirmed > 30
        if (isGood) passed++
        else failed++
        if (!isGood) say(`${name}, seed ${seed + at}: ${report(violations, failures)}; ${confirmed} confirmed`)
      }
      say(`${name}: ${count} seeds from ${seed}, ${failed - before} failed`)
    }
    return { passed, failed, skipped: 0 }
  },
}

function report(violations: readonly { readonly kind: string; readonly hash: string }[], failures: readonly unknown[]) {
  const seen = violations.slice(0, 5).map(({ kind, hash }) => `${kind} ${hash.slice(0, 6)}`)
  return [...seen, `${violations.length} violations`, ...failures.slice(0, 3).map(String)].join(', ')
}
