import { inChromium } from './parts/chromium-part.ts'
import type { Part } from './parts/part.ts'
import { programPart } from './parts/program-part.ts'
import { runParts } from './parts/run-parts.ts'
import { vitestPart } from './parts/vitest-part.ts'
import { summaryLine } from './report.ts'
import { projectRoot } from './root.ts'

/** Everything that `npm test` runs, quick parts first. `npm test -- NAME` runs the parts whose name contains NAME. */
const parts: readonly Part[] = [
  programPart('check', 'scripts/check.ts'),
  vitestPart('unit scripts', 'scripts'),
  vitestPart('unit node', 'node'),
  vitestPart('unit wasm', 'wasm'),
  inChromium(vitestPart('unit chromium', 'chromium')),
  vitestPart('client node', 'client-node'),
  inChromium(vitestPart('client chromium', 'client-chromium')),
  inChromium(vitestPart('app chromium', 'app')),
  programPart('fuzz', 'scripts/fuzz.ts', 'all', '--cases', '2000', '--seed', '1'),
  programPart('conformance node', 'packages/conformance/src/main.ts', '--allow-unknown'),
  inChromium(programPart('conformance chromium', 'scripts/chromium/conformance.ts')),
]

const wanted = process.argv.slice(2)
const chosen = parts.filter(({ name }) => wanted.length === 0 || wanted.some(word => name.includes(word)))
if (chosen.length === 0) {
  process.stdout.write(`No part is named so. The parts: ${parts.map(({ name }) => name).join(', ')}\n`)
}
const counts = await runParts(projectRoot, chosen, text => process.stdout.write(text))
process.stdout.write(`\n${summaryLine(counts)}\n`)
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
