import { type Health, healthRoute, jsonReply, type Metrics, metricsRoute, type Routes } from '@sotto/server'
import { type NodeStats } from '../stats/node-stats.ts'
import { type NodeBlocker } from './readiness.ts'

/** What the admin port shows. */
export interface AdminParts {
  readonly health: Pick<Health<NodeBlocker>, 'ready' | 'reasons'>
  readonly metrics: Metrics
  readonly stats: () => Promise<NodeStats>
}

/** Routes of the admin port, which the outside must not reach. Spec 20 §6, get_stats. */
export function adminRoutes({ health, metrics, stats }: AdminParts): Routes {
  return new Map([
    ['GET /health', healthRoute(health)],
    ['GET /metrics', metricsRoute(metrics)],
    ['GET /get_stats/v1', { maxBodyBytes: 0, handle: async () => jsonReply(200, await stats()) }],
  ])
}
