import { type Metrics } from '@sotto/server'
import { type NodeLinks } from '@sotto/transport'
import { type Readiness } from './admin/readiness.ts'
import { type ClientGate } from './http/client-gate.ts'
import { type Load } from './load/event-loop-load.ts'
import { type OnionRelay } from './onion/onion-relay.ts'
import { type Reachability } from './ping/reachability.ts'
import { type StorageService } from './rpc/storage-service.ts'

/** What the metrics of a node are read from. */
export interface MetricSources {
  readonly relay: OnionRelay
  readonly storage: StorageService
  readonly links: NodeLinks
  readonly gate: ClientGate
  readonly reachability: Reachability
  readonly load: Load
  readonly readiness: Readiness
}

/** Registers the gauges of a node; the listener registers its own. */
export function registerNodeMetrics(metrics: Metrics, sources: MetricSources): void {
  const { relay, storage, links, gate, reachability, load, readiness } = sources
  metrics.gauge('sotto_node_ready', 'Whether the node answers storage requests', () => Number(readiness.ready))
  metrics.gauge('sotto_node_overloaded', 'Whether it has too much to do', () => Number(load.isOverloaded()))
  metrics.gauge('sotto_onions_pending', 'Onions that wait for an answer', () => relay.pending)
  metrics.gauge('sotto_onions_queued', 'Of those, not opened yet', () => relay.queued)
  metrics.gauge('sotto_guard_onions_in_flight', 'Of those, sent by clients', () => gate.onionsInFlight)
  metrics.gauge('sotto_held_retrieves', 'Retrieves that wait for news', () => storage.held)
  metrics.gauge('sotto_node_links', 'Connections to other nodes', () => links.counts().links)
  metrics.gauge('sotto_node_link_requests', 'Requests that wait on them', () => links.counts().pending)
  metrics.gauge('sotto_peers_unreachable', 'Nodes that failed the last test', () => reachability.stats.unreachable)
  metrics.gauge('sotto_peer_tests', 'Tests of other nodes', () => reachability.stats.tested)
}
