import type { BenchResult } from './measure.ts'

/** A table of results; a ratio past its goal is marked. */
export function formatResults(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, ours, bare, ratio, goal }) =>
    [
      name.padEnd(38),
      rate(ours).padStart(12),
      rate(bare).padStart(12),
      ratio.toFixed(2).padStart(7),
      `≤ ${goal.toFixed(2)}`.padStart(8),
      ratio > goal ? '  over' : '',
    ].join(''),
  )
  const head = [
    'case'.padEnd(38),
    'ours/s'.padStart(12),
    'bare/s'.padStart(12),
    'ratio'.padStart(7),
    'goal'.padStart(8),
  ]
  return [head.join(''), ...rows].join('\n')
}

function rate(perSecond: number): string {
  return perSecond >= 100 ? Math.round(perSecond).toLocaleString('en-US') : perSecond.toFixed(1)
}
