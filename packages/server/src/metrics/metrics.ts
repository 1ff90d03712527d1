import { Counter, Gauge, Histogram } from './instruments.ts'
import type { ClosedLabels, LabelWords, NoLabels } from './labels.ts'

interface Registered {
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly lines: (name: string) => readonly string[]
}

/**
 * What one server counts, as text for Prometheus. Labels are words of closed lists that are declared with the metric, so
 * neither an id nor an address can become one. Each server of a process has its own.
 */
export class Metrics {
  readonly #registered = new Map<string, Registered>()

  /** A number that only grows. By custom its name ends in `_total`. */
  counter<const Labels extends LabelWords = NoLabels>(
    name: string,
    help: string,
    ...[labels]: readonly [labels?: Labels & ClosedLabels<Labels>]
  ): Counter<Labels> {
    const counter = new Counter<Labels>(labels ?? ({} as Labels))
    this.#register(name, { help, type: 'counter', lines: each => counter.lines(each) })
    return counter
  }

  /** A number that goes up and down; `read` is called whenever somebody looks. */
  gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge(read)
    this.#register(name, { help, type: 'gauge', lines: each => gauge.lines(each) })
  }

  /** How values are spread over ranges; `bounds` are their upper ends, ascending. */
  histogram<const Labels extends LabelWords = NoLabels>(
    name: string,
    help: string,
    bounds: readonly number[],
    ...[labels]: readonly [labels?: Labels & ClosedLabels<Labels>]
  ): Histogram<Labels> {
    const histogram = new Histogram<Labels>(bounds, labels ?? ({} as Labels))
    this.#register(name, { help, type: 'histogram', lines: each => histogram.lines(each) })
    return histogram
  }

  /** Everything, in the text format 0.0.4. */
  format(): string {
    return Array.from(this.#registered, ([name, { help, type, lines }]) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines(name), ''].join('\n'),
    ).join('')
  }

  /** @throws {RangeError} for a name that is no metric's name or is taken: a mistake in the program */
  #register(name: string, registered: Registered): void {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new RangeError('a metric has a bad name')
    if (this.#registered.has(name)) throw new RangeError('a metric is registered twice')
    this.#registered.set(name, registered)
  }
}
