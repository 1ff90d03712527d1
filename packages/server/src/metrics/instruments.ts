import { Cells, type LabelArguments, type LabelWords } from './labels.ts'

/** One number that only grows. Keep it at hand where it is hot: `counter.of({ status: '2xx' })`. */
export class CounterCell {
  value = 0

  /** Adds `amount`, which is not negative. */
  add(amount = 1): void {
    this.value += amount
  }
}

/** Counts things that happened. */
export class Counter<Labels extends LabelWords> {
  readonly #cells: Cells<CounterCell>

  constructor(labels: Labels) {
    this.#cells = new Cells(labels, () => new CounterCell())
  }

  /** The cell of one combination of labels. One that was not declared counts nowhere. */
  of(...[labels]: LabelArguments<Labels>): CounterCell {
    return this.#cells.at(labels) ?? new CounterCell()
  }

  /** Adds to the cell of these labels. */
  add(amount: number, ...[labels]: LabelArguments<Labels>): void {
    this.#cells.at(labels)?.add(amount)
  }

  /** Lines for Prometheus. */
  lines(name: string): readonly string[] {
    return Array.from(this.#cells.entries(), ([labels, { value }]) => formatLine(name, labels, value))
  }
}

/** Shows how much there is of something, read when somebody looks. */
export class Gauge {
  readonly #read: () => number

  constructor(read: () => number) {
    this.#read = read
  }

  /** Lines for Prometheus. */
  lines(name: string): readonly string[] {
    return [formatLine(name, '', this.#read())]
  }
}

/** Counts how often a value fell into each of some ranges. */
export class Histogram<Labels extends LabelWords> {
  readonly #bounds: readonly number[]
  readonly #cells: Cells<{ readonly counts: number[]; sum: number }>

  /** `bounds` are the upper ends of the ranges, ascending; there is one more without an end. */
  constructor(bounds: readonly number[], labels: Labels) {
    this.#bounds = bounds
    this.#cells = new Cells(labels, () => ({ counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 }))
  }

  /** Counts one value. */
  observe(value: number, ...[labels]: LabelArguments<Labels>): void {
    const cell = this.#cells.at(labels)
    if (cell === undefined) return
    const found = this.#bounds.findIndex(bound => value <= bound)
    const at = found < 0 ? this.#bounds.length : found
    cell.counts[at] = (cell.counts[at] ?? 0) + 1
    cell.sum += value
  }

  /** Lines for Prometheus. */
  lines(name: string): readonly string[] {
    return Array.from(this.#cells.entries()).flatMap(([labels, { counts, sum }]) => {
      const before = labels === '' ? '' : `${labels},`
      let total = 0
      const ranges = counts.map((count, at) => {
        total += count
        return formatLine(`${name}_bucket`, `${before}le="${this.#bounds[at] ?? '+Inf'}"`, total)
      })
      return [...ranges, formatLine(`${name}_sum`, labels, sum), formatLine(`${name}_count`, labels, total)]
    })
  }
}

function formatLine(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${value}`
}
