import type { Route } from '../listener/route.ts'
import type { Metrics } from './metrics.ts'

/** Answers with all metrics: for `GET /metrics` on an address that the outside cannot reach. */
export function metricsRoute(metrics: Metrics): Route {
  return {
    maxBodyBytes: 0,
    handle: () => ({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: metrics.format(),
    }),
  }
}
