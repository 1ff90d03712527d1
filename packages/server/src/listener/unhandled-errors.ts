import { Log } from '../log/log.ts'
import type { LogOutput } from '../log/log-output.ts'
import type { CounterCell } from '../metrics/instruments.ts'
import { Metrics } from '../metrics/metrics.ts'

/** How a request came. */
export type RequestWay = 'http1' | 'http2' | 'link' | 'onion'

/** What is logged about handlers that fail. */
export interface UnhandledErrorEvents {
  /** A handler threw what it should not have thrown. */
  readonly 'request.failed': { readonly way: RequestWay }
}

/**
 * Counts and logs what handlers throw and nobody expected: answered with 500, never the end of the process. One for all
 * the ways into a server, so that there is one number, which must stay zero. Spec 70, amendments.
 */
export class UnhandledErrors {
  readonly #log: Log<UnhandledErrorEvents>
  readonly #cell: CounterCell

  constructor({ log, metrics = new Metrics() }: { readonly log?: LogOutput; readonly metrics?: Metrics } = {}) {
    this.#log = new Log(log)
    this.#cell = metrics.counter('sotto_http_unhandled_errors_total', 'Handlers that failed unexpectedly').of()
  }

  /** How many there were. */
  get count(): number {
    return this.#cell.value
  }

  /** Takes note of one. */
  report(error: unknown, way: RequestWay): void {
    this.#cell.add()
    this.#log.failure('request.failed', error, { way })
  }
}
