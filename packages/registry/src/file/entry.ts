import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { asBytes, asInteger, asList, asNumber, asText, type Bencode, type BencodeInput } from '@sotto/protocol/encoding'
import { nodeIdOf, nodePublicKey, type SwarmId, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { formatIp, parseIp } from '../ip/ip-address.ts'
import { maxCapabilities, maxCapabilityBytes } from '../limits.ts'
import { type NodeDraft, type NodeState, type SoftwareVersion } from '../node-entry.ts'
import { RegistryError } from '../registry-error.ts'

/** The number of a state is its place here. Spec 60 §13. */
const states: readonly NodeState[] = ['active', 'decommissioned', 'leaving']
const ports = { min: 0, max: 65535 }
const noBytes = new Uint8Array(0)

/**
 * One entry: [position from 1, Ed25519 key 32, first BLS key 64 or empty, state, swarm id or empty, IPv4 4 or IPv6 16,
 * https port, OMQ port, QUIC port, [major, minor, patch], [capability, …]]. Spec 60 §13 and §14; capabilities at the end
 * are ours, may be missing, and anything after them is for later forms.
 * @throws {BencodeError} for values of the wrong kind
 * @throws {RegistryError} `registry.bad-entry`
 */
export function decodeEntry(value: Bencode, position: number): NodeDraft {
  const [id, key, bls, state, swarm, ip, https, omq, quic, version, capabilities = []] = asList(value)
  const told = { id, key, bls, state, swarm, ip, https, omq, quic, version }
  if (!isComplete(told) || asInteger(told.id) !== BigInt(position)) throw badEntry(position)
  const blsKey = asBytes(told.bls)
  const address = asBytes(told.ip)
  if (![0, 64].includes(blsKey.length) || ![4, 16].includes(address.length)) throw badEntry(position)
  return {
    ed25519: nodeIdOf(ed25519PublicKey(asBytes(told.key, { length: 32 }))),
    ...(blsKey.length === 0 ? {} : { bls: blsKey.slice() }),
    state: states[asNumber(told.state, { min: 0, max: 2 })] ?? 'active',
    ...decodeSwarm(told.swarm),
    ip: formatIp(address),
    httpsPort: asNumber(told.https, ports),
    omqPort: asNumber(told.omq, ports),
    quicPort: asNumber(told.quic, ports),
    version: decodeVersion(told.version, position),
    capabilities: decodeCapabilities(capabilities, position),
  }
}

/** Undoes {@link decodeEntry}. @throws {RegistryError} `registry.bad-address` */
export function encodeEntry(node: NodeDraft, position: number): BencodeInput {
  const address = parseIp(node.ip)
  if (address === undefined) throw new RegistryError('registry.bad-address', { position })
  return [
    position,
    nodePublicKey(node.ed25519),
    node.bls ?? noBytes,
    states.indexOf(node.state),
    node.swarmId ?? noBytes,
    address,
    node.httpsPort,
    node.omqPort,
    node.quicPort,
    node.version,
    node.capabilities,
  ]
}

/** An id, or nothing: then it is worked out. */
function decodeSwarm(value: Bencode): { readonly swarmId?: SwarmId } {
  if (value instanceof Uint8Array && value.length === 0) return {}
  return { swarmId: toSwarmId(asInteger(value, { min: 0n, max: UNASSIGNED_SWARM })) }
}

function decodeVersion(value: Bencode, position: number): SoftwareVersion {
  const [major, minor, patch, more] = asList(value).map(part => asNumber(part, ports))
  if (major === undefined || minor === undefined || patch === undefined || more !== undefined) throw badEntry(position)
  return [major, minor, patch]
}

function decodeCapabilities(value: Bencode, position: number): readonly string[] {
  const list = asList(value)
  if (list.length > maxCapabilities) throw badEntry(position)
  return list.map(item => asText(item, { minLength: 1, maxLength: maxCapabilityBytes }))
}

function isComplete<Key extends string>(
  values: Readonly<Record<Key, Bencode | undefined>>,
): values is Readonly<Record<Key, Bencode>> {
  return Object.values(values).every(value => value !== undefined)
}

function badEntry(position: number): RegistryError {
  return new RegistryError('registry.bad-entry', { position })
}
