import { performance } from 'node:perf_hooks'
import { formatDuration, type Counts } from '../report.ts'
import type { ToolVerdict } from './tool-verdict.ts'
import type { Tree, Verdict } from './tree.ts'

/** One check: its name, and how it judges a tree. */
export interface Check {
  readonly name: string
  readonly run: (tree: Tree) => Promise<ToolVerdict | Verdict> | ToolVerdict | Verdict
}

/** Runs checks in their order and says of each how long it took, what it looked at, and what it found. */
export async function runChecks(tree: Tree, checks: readonly Check[], write: (text: string) => void): Promise<Counts> {
  let passed = 0
  for (const check of checks) {
    const start = performance.now()
    const { passed: good, output, looked, unit } = await verdictOf(check, tree)
    const time = formatDuration(performance.now() - start)
    if (good) passed += 1
    write(`${good ? 'ok  ' : 'FAIL'} ${check.name.padEnd(10)} ${time.padStart(8)}  ${looked} ${unit}\n`)
    if (!good) write(`${output.trimEnd()}\n\n`)
  }
  return { passed, failed: checks.length - passed, skipped: 0 }
}

/** A check that breaks has failed; the others still run. */
async function verdictOf(check: Check, tree: Tree): Promise<ToolVerdict> {
  try {
    const verdict = await check.run(tree)
    return 'passed' in verdict ? verdict : fromFindings(verdict)
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { passed: false, output, looked: 0, unit: 'files: the check itself broke' }
  }
}

function fromFindings({ findings, looked, unit }: Verdict): ToolVerdict {
  const lines = findings.map(({ path, line, text }) => `${path}${line > 0 ? `:${line}` : ''}: ${text}`)
  if (looked === 0) lines.push(`looked at no ${unit}`)
  return { passed: lines.length === 0, output: lines.join('\n'), looked, unit }
}
