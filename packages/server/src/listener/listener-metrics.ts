import type { Counter, CounterCell } from '../metrics/instruments.ts'
import type { Metrics } from '../metrics/metrics.ts'

const statusWords = { status: ['2xx', '3xx', '4xx', '5xx'] } as const
const refusalWords = {
  reason: ['too-large', 'headers', 'busy', 'slow', 'connections', 'malformed', 'handshake'],
} as const

/** A word for the class of a status. */
export type StatusWord = (typeof statusWords.status)[number]

/** What a listener counts. */
export interface ListenerMetrics {
  /** A cell for each class of status. */
  readonly answers: Readonly<Record<StatusWord, CounterCell>>
  readonly refusals: Counter<typeof refusalWords>
}

/** Registers them. `inFlight` and `bytes` are asked for whenever somebody looks. */
export function listenerMetrics(
  registry: Metrics,
  read: { readonly inFlight: () => number; readonly bytes: () => number; readonly connections: () => number },
): ListenerMetrics {
  registry.gauge('sotto_http_connections', 'Connections that are open', read.connections)
  registry.gauge('sotto_http_requests_in_flight', 'Requests that wait for their answer', read.inFlight)
  registry.gauge('sotto_http_body_bytes_in_flight', 'Bytes of bodies held for them', read.bytes)
  const answers = registry.counter('sotto_http_answers_total', 'Answers by the class of their status', statusWords)
  const cell = (status: StatusWord): CounterCell => answers.of({ status })
  return {
    answers: { '2xx': cell('2xx'), '3xx': cell('3xx'), '4xx': cell('4xx'), '5xx': cell('5xx') },
    refusals: registry.counter('sotto_http_refusals_total', 'Connections and requests turned away', refusalWords),
  }
}

/** 2xx for 200 and so on. */
export function statusWord(status: number): StatusWord {
  if (status < 300) return '2xx'
  if (status < 400) return '3xx'
  return status < 500 ? '4xx' : '5xx'
}
