import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex, type Json, type JsonObject } from '@sotto/protocol/encoding'
import { type HardFork } from '@sotto/protocol/storage'
import { formatSwarmId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '../node-entry.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { type ServiceNodesQuery } from './service-nodes-query.ts'
import { shuffled } from './shuffle.ts'

/** What an answer is made of. */
export interface ServiceNodesSource {
  readonly list: ServiceNodeList
  readonly hardFork: HardFork
  readonly random: RandomBytes
}

type Column = (node: NodeEntry, list: ServiceNodeList) => Json

/** Fields of a node. The last three are ours; other clients skip them. Spec 20 §1.2, §7. */
const columns: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['service_node_pubkey', node => node.ed25519],
  ['pubkey_ed25519', node => node.ed25519],
  ['pubkey_x25519', node => encodeHex(node.x25519)],
  ['public_ip', node => node.ip],
  ['storage_port', node => node.httpsPort],
  ['storage_lmq_port', node => node.omqPort],
  ['swarm_id', node => node.swarmId],
  ['swarm', node => formatSwarmId(node.swarmId)],
  ['active', node => node.state !== 'decommissioned'],
  ['funded', () => true],
  ['requested_unlock_height', (node, { number }) => (node.state === 'leaving' ? number + 1n : 0)],
  ['storage_server_version', node => node.version],
  ['storage_quic_port', node => node.quicPort],
  ['capabilities', node => node.capabilities],
])

/**
 * The `result` of `get_service_nodes`: `{"unchanged":true}` or `service_node_states` and what was asked for beside it.
 * Swarm ids are exact number literals once written by `formatJson`, and hex besides. Spec 20 §1.2, §7.
 */
export function answerServiceNodes(query: ServiceNodesQuery, source: ServiceNodesSource): JsonObject {
  const { list, hardFork } = source
  const hash = encodeHex(list.hash)
  if (query.knownHash === hash) return new Map([['unchanged', true]])
  const chosen = [...columns].filter(([name]) => query.fields?.has(name) ?? true)
  const states = choose(query, source).map(node => new Map(chosen.map(([name, read]) => [name, read(node, list)])))
  const whole: readonly (readonly [string, Json])[] = [
    ['height', list.number],
    ['block_hash', hash],
    ['hardfork', hardFork[0]],
    ['snode_revision', hardFork[1]],
  ]
  const asked = whole.filter(([name]) => query.fields?.has(name) ?? true)
  const polled: readonly (readonly [string, Json])[] = query.knownHash === undefined ? [] : [['unchanged', false]]
  return new Map<string, Json>([['service_node_states', states], ...asked, ...polled])
}

function choose(query: ServiceNodesQuery, { list, random }: ServiceNodesSource): readonly NodeEntry[] {
  const fitting = list.nodes.filter(
    node => (!query.activeOnly || node.state !== 'decommissioned') && (query.nodes?.has(node.ed25519) ?? true),
  )
  return query.limit === undefined ? fitting : shuffled(fitting, random).slice(0, query.limit)
}
