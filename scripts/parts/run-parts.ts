import { performance } from 'node:perf_hooks'
import { sumCounts, summaryLine, type Counts } from '../report.ts'
import type { Part, PartResult } from './part.ts'

interface Row {
  readonly name: string
  readonly minutes: string
  readonly counts: Counts
}

/** Runs parts one after another, says how each went, and ends with a table. */
export async function runParts(root: string, parts: readonly Part[], write: (text: string) => void): Promise<Counts> {
  const rows: Row[] = []
  for (const part of parts) {
    write(`\n== ${part.name}\n`)
    const start = performance.now()
    const { counts, output } = await resultOf(part, root)
    const row = { name: part.name, minutes: ((performance.now() - start) / 60_000).toFixed(2), counts }
    rows.push(row)
    if (counts.failed > 0 || counts.skipped > 0) write(`${output.trimEnd()}\n`)
    write(`${part.name}: ${summaryLine(counts)} in ${row.minutes} min\n`)
  }
  write(`\n${table(rows)}\n`)
  return sumCounts(rows.map(({ counts }) => counts))
}

async function resultOf(part: Part, root: string): Promise<PartResult> {
  try {
    return await part.run(root)
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { counts: { passed: 0, failed: 1, skipped: 0 }, output }
  }
}

function table(rows: readonly Row[]): string {
  const width = Math.max(4, ...rows.map(({ name }) => name.length))
  const line = (...cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(width) : cell.padStart(9))).join('')
  return [
    line('part', 'minutes', 'passed', 'failed', 'skipped'),
    ...rows.map(({ name, minutes, counts: { passed, failed, skipped } }) =>
      line(name, minutes, String(passed), String(failed), String(skipped)),
    ),
  ].join('\n')
}
