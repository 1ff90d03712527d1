import { x25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, decodeJson, isJsonList, isJsonObject, type Json, type JsonObject } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { parseNodeId, parseSwarmId, type SwarmId, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { checkedAddress, derivedKey, type NodeRules } from '../check-nodes.ts'
import { maxCapabilities, maxCapabilityBytes, maxNodes, maxRegistryBytes } from '../limits.ts'
import { type NodeEntry, type SoftwareVersion } from '../node-entry.ts'
import { RegistryError } from '../registry-error.ts'

/** What one node or seed says about all nodes. One voice is no proof; see `agreeOnNodes`. */
export interface ServiceNodesAnswer {
  /** 0 if it was not asked for. */
  readonly height: bigint
  readonly nodes: readonly NodeEntry[]
}

/**
 * Reads the body that a seed answers to `get_n_service_nodes`. Spec 20 §1.2.
 * @throws {RegistryError} `registry.too-large`, `registry.bad-reply`, and those of `parseServiceNodes`
 */
export function parseJsonRpcReply(body: Uint8Array, rules: NodeRules): ServiceNodesAnswer {
  if (body.length > maxRegistryBytes) throw new RegistryError('registry.too-large', { length: body.length })
  try {
    const reply = decodeJson(body, { maxBytes: maxRegistryBytes, maxDepth: 8 })
    return parseServiceNodes(isJsonObject(reply) ? (reply.get('result') ?? null) : null, rules)
  } catch (cause) {
    if (cause instanceof RegistryError || !(cause instanceof SottoError)) throw cause
    throw new RegistryError('registry.bad-reply', cause.detail, { cause })
  }
}

/**
 * Reads the `result` of `get_service_nodes`, as a seed or `oxend_request` of a node gives it. What is wrong with one entry
 * costs that entry only: no address, a local one, keys that do not belong together, a key or address that stood before.
 * Entries without swarm are in none. Spec 20 §1.2, §1.3, trap 1.
 * @throws {RegistryError} `registry.bad-reply`, `registry.too-many-nodes`, `registry.no-nodes`
 */
export function parseServiceNodes(result: Json, rules: NodeRules): ServiceNodesAnswer {
  const states = isJsonObject(result) ? result.get('service_node_states') : undefined
  if (!isJsonObject(result) || !isJsonList(states)) throw new RegistryError('registry.bad-reply')
  if (states.length > maxNodes) throw new RegistryError('registry.too-many-nodes', { count: states.length })
  const nodes: NodeEntry[] = []
  const taken = new Set<string>()
  for (const state of states) {
    const node = tryReadNode(state, rules)
    if (node === undefined || taken.has(node.ed25519) || taken.has(`${node.ip} ${node.httpsPort}`)) continue
    taken.add(node.ed25519).add(`${node.ip} ${node.httpsPort}`)
    nodes.push(node)
  }
  if (nodes.length === 0) throw new RegistryError('registry.no-nodes')
  return { height: wholeNumber(result.get('height')) ?? 0n, nodes }
}

function tryReadNode(state: Json, rules: NodeRules): NodeEntry | undefined {
  if (!isJsonObject(state) || state.get('funded') === false) return undefined
  try {
    return readNode(state, rules)
  } catch (cause) {
    if (cause instanceof SottoError) return undefined
    throw cause
  }
}

function readNode(state: JsonObject, rules: NodeRules): NodeEntry {
  const ed25519 = parseNodeId(text(state, 'pubkey_ed25519'))
  const swarmId = readSwarm(state)
  const serves = state.get('active') !== false && swarmId !== UNASSIGNED_SWARM
  const isLeaving = (wholeNumber(state.get('requested_unlock_height')) ?? 0n) > 0n
  return {
    ed25519,
    x25519: derivedKey({ ed25519, x25519: x25519PublicKey(decodeHex(text(state, 'pubkey_x25519'))) }, 0),
    ip: checkedAddress(text(state, 'public_ip'), 0, rules),
    httpsPort: port(state.get('storage_port'), 1),
    omqPort: port(state.get('storage_lmq_port') ?? 0, 0),
    quicPort: port(state.get('storage_quic_port') ?? state.get('storage_lmq_port') ?? 0, 0),
    swarmId: serves ? (swarmId ?? UNASSIGNED_SWARM) : UNASSIGNED_SWARM,
    version: readVersion(state.get('storage_server_version')),
    state: serves ? (isLeaving ? 'leaving' : 'active') : 'decommissioned',
    capabilities: readCapabilities(state.get('capabilities')),
  }
}

/** The hex if there is one, the number otherwise; `undefined` if neither was asked for. They must not contradict. */
function readSwarm(state: JsonObject): SwarmId | undefined {
  const [hex, id] = [state.get('swarm') ?? undefined, state.get('swarm_id') ?? undefined]
  const fromNumber = id === undefined ? undefined : toSwarmId(wholeNumber(id) ?? -1n)
  if (hex === undefined) return fromNumber
  const fromHex = parseSwarmId(text(state, 'swarm'))
  if (fromNumber !== undefined && fromNumber !== fromHex) throw new RegistryError('registry.bad-swarm')
  return fromHex
}

function readVersion(value: Json | undefined): SoftwareVersion {
  const [major, minor, patch] = isJsonList(value) ? value.map(part => port(part, 0)) : []
  return [major ?? 0, minor ?? 0, patch ?? 0]
}

function readCapabilities(value: Json | undefined): readonly string[] {
  const words = isJsonList(value) ? value.slice(0, maxCapabilities) : []
  return words.filter(word => typeof word === 'string').filter(word => word.length <= maxCapabilityBytes)
}

function text(state: JsonObject, name: string): string {
  const value = state.get(name)
  if (typeof value !== 'string') throw new RegistryError('registry.bad-entry')
  return value
}

function port(value: Json | undefined, least: number): number {
  const fine = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 65535
  if (!fine) throw new RegistryError('registry.bad-port')
  return value
}

/** Exact or nothing: a number past 2^53 has come as `bigint`, and a fraction is none. */
function wholeNumber(value: Json | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined
}
