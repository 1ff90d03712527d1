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
  /** Where the cases stand whose shape nothing here knows; if those are all, only the name of the group. */
  readonly unknown: readonly string[]
}

/** What became of one file. */
export interface FileResult {
  /** What the file is called in the output: its name without `.json`. */
  readonly name: string
  readonly groups: readonly GroupResult[]
}

/** How many cases passed and failed, and which groups and stray cases nobody knows. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly unknown: readonly string[]
}

/** Adds up any number of files. */
export function totalsOf(files: readonly FileResult[]): Totals {
  const groups = files.flatMap(file => file.groups)
  return {
    passed: groups.reduce((sum, group) => sum + group.passed, 0),
    failed: groups.reduce((sum, group) => sum + group.failures.length, 0),
    unknown: files.flatMap(file => file.groups.flatMap(group => group.unknown.map(place => `${file.name}.${place}`))),
  }
}
