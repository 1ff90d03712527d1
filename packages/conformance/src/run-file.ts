import { CaseReader } from './case-reader.ts'
import { CaseReport } from './case-report.ts'
import { entries } from './groups/index.ts'
import { isObject, member, type Json, type JsonObject } from './json.ts'
import { groupsOf, type Case, type Group } from './layout.ts'
import { entryFor, type Entry, type Runner } from './runner.ts'
import type { CaseFailure, FileResult, GroupResult } from './result.ts'
import { Usage } from './usage.ts'
import { VectorFile } from './vector-file.ts'

/** How to run a file. */
export interface RunOptions {
  /** What the file is called in the output. */
  readonly name: string
  /** The groups to know, instead of all that this package knows. */
  readonly entries?: readonly Entry[]
}

/** The value is not laid out as a file of known answers. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError'
}

/**
 * Runs every case of a file of known answers through the library. A case passes if nothing differs and every
 * member of it was used as input or compared.
 * @throws {LayoutError} if the file is not an object of groups
 */
export function runFile(json: unknown, options: RunOptions): FileResult {
  const members = json as Json
  if (!isObject(members)) throw new LayoutError('a file of known answers is an object of groups')
  const known = options.entries ?? entries
  const file = new VectorFile(members)
  const groups = groupsOf(members, (group, whole) => entryFor(known, group, whole) !== undefined)
  return { name: options.name, groups: groups.map(group => runGroup(group, known, file)) }
}

function runGroup(group: Group, known: readonly Entry[], file: VectorFile): GroupResult {
  const sharedUsage = new Usage()
  const failures: CaseFailure[] = []
  const unknown: string[] = []
  const refused = new Map<string, number>()
  let passed = 0
  for (const one of group.cases) {
    const place = group.name + one.place
    const entry = entryFor(known, group.name, one.members, group.shared)
    if (entry === undefined) unknown.push(place)
    else if ('refused' in entry) refused.set(entry.refused, (refused.get(entry.refused) ?? 0) + 1)
    else {
      const problems = runCase(one, entry, group, sharedUsage, file)
      if (problems.length === 0) passed++
      else failures.push({ place, title: titleOf(one.members), problems })
    }
  }
  // Who fails early, or is not run, may leave to others what it would have used.
  const unused = passed === group.cases.length ? sharedUsage.unused(group.shared) : []
  if (unused.length > 0) {
    failures.push({ place: group.name, title: 'members shared by its cases', problems: unused.map(neverUsed) })
  }
  const nothingKnown = unknown.length === group.cases.length && !(unknown.length === 0 && isName(known, group.name))
  return { name: group.name, passed, failures, refused, unknown: nothingKnown ? [group.name] : unknown }
}

function isName(known: readonly Entry[], name: string): boolean {
  return known.some(entry => entry.group === name)
}

/** What is wrong with a case; nothing if it passes. */
function runCase(one: Case, runner: Runner, group: Group, sharedUsage: Usage, file: VectorFile): readonly string[] {
  const report = new CaseReport()
  const usage = new Usage()
  if (group.named === true) usage.part('id').use()
  const shared = new CaseReader(group.shared, { usage: sharedUsage, report, path: '' })
  try {
    runner.run(new CaseReader(one.members, { usage, report, path: '', shared }), file)
  } catch (error) {
    report.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    return report.problems()
  }
  return [...report.problems(), ...usage.unused(one.members).map(neverUsed)]
}

function neverUsed(path: string): string {
  return `${path}: was neither used nor compared`
}

function titleOf(members: JsonObject): string {
  const title = member(members, 'what') ?? member(members, 'kind')
  return typeof title === 'string' ? title : ''
}
