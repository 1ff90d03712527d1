import type { ClosedWord, NoFields } from '../log/words.ts'

/** Labels of a metric with every word that each can have. */
export type LabelWords = Readonly<Record<string, readonly string[]>>

/** For metrics without labels. */
export type NoLabels = NoFields

/** As `LabelWords`, but `never` where the words are not literals: an id cannot become a label. */
export type ClosedLabels<Labels extends LabelWords> = {
  readonly [Name in keyof Labels]: readonly ClosedWord<Labels[Name][number]>[]
}

/** One word for each label. */
type LabelsOf<Labels extends LabelWords> = { readonly [Name in keyof Labels]: Labels[Name][number] }

/** Without labels none need to be given. */
export type LabelArguments<Labels extends LabelWords> = keyof Labels extends never
  ? readonly [labels?: LabelsOf<Labels>]
  : readonly [labels: LabelsOf<Labels>]

/**
 * One cell for each combination of words, all made beforehand: so the output is complete from the start and a metric
 * cannot grow. Combinations that were not declared have no cell.
 */
export class Cells<Cell> {
  readonly #names: readonly string[]
  readonly #cells: ReadonlyMap<string, Cell>

  constructor(labels: LabelWords, create: () => Cell) {
    this.#names = Object.keys(labels)
    let keys = ['']
    for (const name of this.#names) {
      const words = labels[name] ?? []
      keys = keys.flatMap(key => words.map(word => (key === '' ? '' : `${key},`) + `${name}="${word}"`))
    }
    this.#cells = new Map(keys.map(key => [key, create()]))
  }

  at(labels: Readonly<Record<string, string>> = {}): Cell | undefined {
    return this.#cells.get(this.#names.map(name => `${name}="${labels[name] ?? ''}"`).join(','))
  }

  /** Cells with their labels as Prometheus writes them, without braces. */
  entries(): Iterable<readonly [string, Cell]> {
    return this.#cells.entries()
  }
}
