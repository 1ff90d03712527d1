import { type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { GATEWAY_PATH } from '@sotto/protocol/link'
import { type NodeId } from '@sotto/protocol/swarm'
import { jsonReply, type Route, type Routes } from '@sotto/server'
import { type OnionRelay } from '../onion/onion-relay.ts'
import { pingRoute } from '../ping/ping-route.ts'
import { type NetworkFacts } from '../rpc/network-facts.ts'
import { type StorageService } from '../rpc/storage-service.ts'
import { memberLinkPath } from '../swarm/link/member-transport.ts'
import { type ClientGate } from './client-gate.ts'
import { gatewayRoute } from './gateway-route.ts'
import { memberRoute } from './member-route.ts'
import { onionRoute } from './onion-route.ts'
import { storageRoute } from './storage-route.ts'

/** What a node answers with. */
export interface NodeRoutesParts {
  readonly id: NodeId
  readonly facts: NetworkFacts
  readonly storage: Pick<StorageService, 'rpc' | 'members'>
  readonly relay: OnionRelay
  readonly gate: ClientGate
  /** Keys of gateways that are not limited as one client. */
  readonly gateways: readonly Ed25519PublicKey[]
  /** Why storage does not work; none if it does. */
  readonly blockers: () => readonly string[]
}

/** Everything that the outside can ask of a node; all else is 404. Spec 20 §3.1. */
export function nodeRoutes({ id, facts, storage, relay, gate, gateways, blockers }: NodeRoutesParts): Routes {
  return new Map<string, Route>([
    ['POST /storage_rpc/v1', storageRoute({ rpc: storage.rpc, gate, blockers })],
    ['POST /onion_req/v2', onionRoute({ relay, gate })],
    ['POST /ping_test/v1', pingRoute(id)],
    ['GET /get_stats/v1', versionRoute(facts)],
    [`POST ${memberLinkPath}`, memberRoute(storage.members)],
    [`POST ${GATEWAY_PATH}`, gatewayRoute(gateways, gate)],
  ])
}

/** To the outside nothing but the version. Spec 20 §3.1. */
function versionRoute({ version }: NetworkFacts): Route {
  const reply = jsonReply(200, { version: version.join('.') })
  return { maxBodyBytes: 0, ignoresBody: true, handle: () => reply }
}
