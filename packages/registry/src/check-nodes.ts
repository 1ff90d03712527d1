import { CryptoError, ed25519ToX25519, equalBytes, type X25519PublicKey } from '@sotto/protocol/crypto'
import { MAX_SWARM_ID, nodePublicKey, recomputeSwarms, type SwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { formatIp, parseIp } from './ip/ip-address.ts'
import { ipScope } from './ip/ip-scope.ts'
import { type NodeDraft, type NodeEntry } from './node-entry.ts'
import { maxNodes } from './limits.ts'
import { RegistryError } from './registry-error.ts'

/** What a caller allows; never taken from the list itself. */
export interface NodeRules {
  /** Take loopback, private and link-local addresses: for networks on one machine or in one house. Default false. */
  readonly allowLocal?: boolean
}

/**
 * Makes entries of drafts: derives X25519 keys, works out swarms where none are given, and refuses a list in which
 * anything is wrong. The order stays. `position` in errors counts from 1.
 * @throws {RegistryError} `registry.no-nodes`, `registry.too-many-nodes`, `registry.bad-key`, `registry.wrong-x25519`,
 * `registry.bad-address`, `registry.local-address`, `registry.bad-port`, `registry.bad-swarm`,
 * `registry.duplicate-node`, `registry.duplicate-address`
 */
export function checkNodes(drafts: readonly NodeDraft[], rules: NodeRules): readonly NodeEntry[] {
  if (drafts.length === 0) throw new RegistryError('registry.no-nodes')
  if (drafts.length > maxNodes) throw new RegistryError('registry.too-many-nodes', { count: drafts.length })
  checkPorts(drafts)
  const addresses = drafts.map((draft, at) => checkedAddress(draft.ip, at + 1, rules))
  checkUnique(drafts, addresses)
  const swarms = swarmsOf(drafts)
  return drafts.map((draft, at) => ({
    ...draft,
    ip: addresses[at] ?? draft.ip,
    x25519: derivedKey(draft, at + 1),
    swarmId: swarms[at] ?? UNASSIGNED_SWARM,
  }))
}

function checkPorts(drafts: readonly NodeDraft[]): void {
  for (const [at, { httpsPort, omqPort, quicPort }] of drafts.entries()) {
    const fine = isPort(httpsPort) && httpsPort > 0 && isPort(omqPort) && isPort(quicPort)
    if (!fine) throw new RegistryError('registry.bad-port', { position: at + 1 })
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65535
}

/**
 * The one spelling of an address.
 * @throws {RegistryError} `registry.bad-address`, `registry.local-address`
 */
export function checkedAddress(ip: string, position: number, { allowLocal = false }: NodeRules): string {
  const bytes = parseIp(ip)
  const scope = bytes === undefined ? 'reserved' : ipScope(bytes)
  if (bytes === undefined || scope === 'reserved') throw new RegistryError('registry.bad-address', { position })
  if (scope !== 'public' && !allowLocal) throw new RegistryError('registry.local-address', { position })
  return formatIp(bytes)
}

function checkUnique(drafts: readonly NodeDraft[], addresses: readonly string[]): void {
  const ids = new Set<string>()
  const taken = new Set<string>()
  for (const [at, { ed25519, httpsPort }] of drafts.entries()) {
    if (ids.size === ids.add(ed25519).size) throw new RegistryError('registry.duplicate-node', { position: at + 1 })
    const address = `${addresses[at]} ${httpsPort}`
    if (taken.size === taken.add(address).size)
      throw new RegistryError('registry.duplicate-address', { position: at + 1 })
  }
}

/**
 * The X25519 key of a node.
 * @throws {RegistryError} `registry.bad-key`, `registry.wrong-x25519`
 */
export function derivedKey(
  { ed25519, x25519 }: Pick<NodeDraft, 'ed25519' | 'x25519'>,
  position: number,
): X25519PublicKey {
  const key = convert(ed25519, position)
  if (x25519 !== undefined && !equalBytes(x25519, key)) throw new RegistryError('registry.wrong-x25519', { position })
  return key
}

function convert(id: NodeDraft['ed25519'], position: number): X25519PublicKey {
  try {
    return ed25519ToX25519(nodePublicKey(id))
  } catch (cause) {
    if (cause instanceof CryptoError) throw new RegistryError('registry.bad-key', { position }, { cause })
    throw cause
  }
}

/** Every serving node has an id or none has; decommissioned ones have none. Without ids: spec 60 §12.6 with seed 0. */
function swarmsOf(drafts: readonly NodeDraft[]): readonly SwarmId[] {
  const serving = drafts.filter(({ state }) => state !== 'decommissioned')
  const given = serving.filter(({ swarmId }) => swarmId !== undefined)
  const allServe = given.every(({ swarmId }) => swarmId !== undefined && swarmId <= MAX_SWARM_ID)
  const othersDoNot = drafts.every(
    ({ state, swarmId = UNASSIGNED_SWARM }) => state !== 'decommissioned' || swarmId === UNASSIGNED_SWARM,
  )
  if (!allServe || !othersDoNot || ![0, serving.length].includes(given.length)) {
    throw new RegistryError('registry.bad-swarm', { given: given.length, serving: serving.length })
  }
  if (given.length > 0 || serving.length === 0) return drafts.map(({ swarmId }) => swarmId ?? UNASSIGNED_SWARM)
  const computed = recomputeSwarms(new Map(serving.map(({ ed25519 }) => [ed25519, UNASSIGNED_SWARM])), 0n)
  return drafts.map(({ ed25519 }) => computed.get(ed25519) ?? UNASSIGNED_SWARM)
}
