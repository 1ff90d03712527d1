/** A case that failed, and everything that is wrong with it. */
export interface CaseFailure {
  /** Where it stands, such as `recovery[3]`. */
  readonly place: string
  /** What the file says about it; empty if it says nothing. */
  readonly title: string
  readonly problems: readonly string[]
}

/** What became of one group. */
export interface GroupResult {
  readonly name: string
  readonly passed: number
  readonly failures: readonly CaseFailure[]
  /** Cases that the library contradicts on purpose, by reason. */
  readonly refused: ReadonlyMap<string, number>
  /** Nothing here knows these cases. Then nothing passed and nothing failed. */
  readonly unknown: boolean
}

/** What became of one file. */
export interface FileResult {
  /** What the file is called in the output: its name without `.json`. */
  readonly name: string
  readonly groups: readonly GroupResult[]
}

/** How many cases passed and failed, and which groups nobody knows. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly unknown: readonly string[]
}

/** Adds up any number of files. */
export function totalsOf(files: readonly FileResult[]): Totals {
  const groups = files.flatMap(file => file.groups.map(group => ({ ...group, name: `${file.name}.${group.name}` })))
  return {
    passed: groups.reduce((sum, group) => sum + group.passed, 0),
    failed: groups.reduce((sum, group) => sum + group.failures.length, 0),
    unknown: groups.filter(group => group.unknown).map(group => group.name),
  }
}
