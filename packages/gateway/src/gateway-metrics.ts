import { type CounterCell, type Metrics } from '@sotto/server'

const outcomes = [
  'answered',
  'cancelled',
  'lost',
  'deadline',
  'guard-unreachable',
  'guard-broken',
  'unknown-guard',
  'busy',
  'too-large',
  'internal',
] as const
const refusals = ['origin', 'protocol', 'too-many', 'stopping'] as const
const endings = ['left', 'lost', 'dead', 'silent', 'broken-rule', 'stopped', 'failed'] as const

/** What became of a request. */
export type Outcome = (typeof outcomes)[number]

/** Why a pipe was not begun. */
export type Refusal = (typeof refusals)[number]

/** How a pipe ended: `silent` ones never said hello, `failed` is a mistake of ours. */
export type Ending = (typeof endings)[number]

/** What a gateway counts. No label says anything about a client or a guard. */
export interface GatewayMetrics {
  readonly outcome: (outcome: Outcome) => void
  readonly refusal: (refusal: Refusal) => void
  readonly ending: (ending: Ending) => void
  readonly requestBytes: CounterCell
  readonly replyBytes: CounterCell
}

/** Registers them. What `read` gives is asked for whenever somebody looks. */
export function gatewayMetrics(
  metrics: Metrics,
  read: { readonly pipes: () => number; readonly requests: () => number; readonly heldBytes: () => number },
): GatewayMetrics {
  metrics.gauge('sotto_gateway_pipes', 'Pipes that are open', read.pipes)
  metrics.gauge('sotto_gateway_requests', 'Requests that wait for their answer', read.requests)
  metrics.gauge('sotto_gateway_held_bytes', 'Bytes of requests and replies that wait here', read.heldBytes)
  const requests = metrics.counter('sotto_gateway_requests_total', 'Requests by what became of them', {
    outcome: outcomes,
  })
  const refused = metrics.counter('sotto_gateway_refusals_total', 'Pipes that were not begun', { reason: refusals })
  const ended = metrics.counter('sotto_gateway_pipes_total', 'Pipes by how they ended', { end: endings })
  return {
    outcome: outcome => requests.add(1, { outcome }),
    refusal: reason => refused.add(1, { reason }),
    ending: end => ended.add(1, { end }),
    requestBytes: metrics.counter('sotto_gateway_request_bytes_total', 'Bytes of complete requests').of(),
    replyBytes: metrics.counter('sotto_gateway_reply_bytes_total', 'Bytes of replies of guards').of(),
  }
}
