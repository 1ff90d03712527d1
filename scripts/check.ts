import { checkArrows } from './check/arrows.ts'
import { checkComments } from './check/comments.ts'
import { checkCycles } from './check/cycles.ts'
import { checkFormat } from './check/format.ts'
import { checkGlobals } from './check/globals.ts'
import { checkGenerated } from './check/generated.ts'
import { checkLint } from './check/lint.ts'
import { checkMarks } from './check/marks.ts'
import { checkOrigins } from './check/origins.ts'
import { checkPaths } from './check/paths.ts'
import { runChecks, type Check } from './check/run-checks.ts'
import { checkSectionMap } from './check/section-map.ts'
import { checkSentences } from './check/sentences.ts'
import { checkShape } from './check/shape.ts'
import { lintedModules, readTree } from './check/tree.ts'
import { checkTypes } from './check/types.ts'
import { checkUnused } from './check/unused.ts'
import { summaryLine } from './report.ts'
import { projectRoot } from './root.ts'

/** Every check by its name, quick ones first. A new check is a new line. */
const checks: readonly Check[] = [
  { name: 'arrows', run: checkArrows },
  { name: 'cycles', run: checkCycles },
  { name: 'globals', run: checkGlobals },
  { name: 'shape', run: checkShape },
  { name: 'comments', run: checkComments },
  { name: 'origins', run: checkOrigins },
  { name: 'sentences', run: checkSentences },
  { name: 'marks', run: checkMarks },
  { name: 'paths', run: checkPaths },
  { name: 'sections', run: checkSectionMap },
  { name: 'generated', run: async tree => checkGenerated(tree.root) },
  { name: 'format', run: async tree => checkFormat(tree.root) },
  { name: 'lint', run: async tree => checkLint(tree.root, lintedModules(tree).length) },
  { name: 'types', run: checkTypes },
  { name: 'unused', run: async tree => checkUnused(tree.root, tree.modules.size) },
]

const wanted = process.argv.slice(2)
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some(word => name.includes(word)))
const counts = await runChecks(readTree(projectRoot), chosen, text => process.stdout.write(text))
process.stdout.write(`\n${summaryLine(counts)}\n`)
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
