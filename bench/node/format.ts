import { referenceSignatures } from './cases.ts'
import { type RequestResult } from './measure.ts'

/** A row of a table: its first cell is a name, the others are figures. */
export type Row = readonly [name: string, ...figures: string[]]

/** A table as Markdown, which is also fit for a terminal. */
export function formatTable(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)))
  const line = (cells: Row): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

/**
 * Requests a second and for each second of the servers' CPU time: ours, the bare server's, the reference's. The last ratio
 * is what it would be if this machine checked as many signatures as the reference's; the goal is held against the one before.
 */
export function formatRequests(results: readonly RequestResult[]): string {
  const head: Row = [
    'case',
    'ours/s',
    'per CPU s',
    'p50 ms',
    'p99 ms',
    'bare/s',
    'per CPU s',
    'ours : bare',
    'CPU',
    'reference/s',
    'per CPU s',
    'ours : reference',
    'CPU',
    'signatures/s',
    'at its speed',
    'goal',
  ]
  return formatTable(head, results.map(requestRow))
}

function requestRow(result: RequestResult): Row {
  const { name, ours, bare, toBare, reference, goal, failed, p50, p99, signatures } = result
  const toReference =
    reference === undefined
      ? ['', '', '', '', whole(signatures), '']
      : [
          whole(reference.perSecond),
          whole(reference.perCpuSecond),
          ratio(ours.perSecond / reference.perSecond),
          ratio(ours.perCpuSecond / reference.perCpuSecond),
          whole(signatures),
          ratio((ours.perSecond / reference.perSecond) * (referenceSignatures / signatures)),
        ]
  const missed = goal !== undefined && reference !== undefined && ours.perSecond < goal * reference.perSecond
  return [
    failed > 0 ? `${name} (${failed} failed)` : name,
    whole(ours.perSecond),
    whole(ours.perCpuSecond),
    p50.toFixed(1),
    p99.toFixed(1),
    whole(bare.perSecond),
    whole(bare.perCpuSecond),
    ratio(toBare.perSecond),
    ratio(toBare.perCpuSecond),
    ...toReference,
    goal === undefined ? '' : `≥ ${ratio(goal)}${missed ? ' missed' : ''}`,
  ]
}

/** A count with commas. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Two decimals. */
export function ratio(value: number): string {
  return value.toFixed(2)
}

/** Bytes in units of a million or a thousand. */
export function bytes(value: number): string {
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e3).toFixed(1)} KB`
}
