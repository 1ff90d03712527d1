import { totalsOf, type CaseFailure, type FileResult, type GroupResult } from './result.ts'

/** How many problems of one case are shown. */
const PROBLEMS = 12

/** How many failed cases of one group are shown with their problems. */
const FAILURES = 10

/** The lines for one file: one per group, each followed by its failed cases. */
export function formatFile(file: FileResult): string[] {
  return file.groups.flatMap(group => [groupLine(file.name, group), ...failureLines(group.failures)])
}

/** The last lines: groups and stray cases that nobody knows, if any, then `N passed, N failed`. */
export function formatTotals(files: readonly FileResult[]): string[] {
  const { passed, failed, unknown } = totalsOf(files)
  const list = unknown.length === 0 ? [] : [`unknown groups: ${unknown.join(', ')}`]
  return [...list, `${passed} passed, ${failed} failed`]
}

function groupLine(file: string, group: GroupResult): string {
  const name = `${file}.${group.name}`
  if (group.unknown.includes(group.name)) return `${name}  unknown`
  const counts = [
    ...(group.passed > 0 || group.refused.size === 0 ? [`${group.passed} passed`] : []),
    ...(group.failures.length > 0 ? [`${group.failures.length} failed`] : []),
    ...(group.unknown.length > 0 ? [`${group.unknown.length} unknown`] : []),
    ...[...group.refused].map(([reason, count]) => `${count} refused by design: ${reason}`),
  ]
  return `${name}  ${counts.join(', ')}`
}

function failureLines(failures: readonly CaseFailure[]): string[] {
  const shown = failures
    .slice(0, FAILURES)
    .flatMap(({ place, title, problems }) => [
      `  ${place}${title === '' ? '' : `  (${title})`}`,
      ...problems.slice(0, PROBLEMS).map(problem => `    ${problem}`),
      ...(problems.length > PROBLEMS ? [`    and ${problems.length - PROBLEMS} more`] : []),
    ])
  return failures.length > FAILURES ? [...shown, `  and ${failures.length - FAILURES} more cases`] : shown
}
