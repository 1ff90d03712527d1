import { ed25519PublicKey } from '../crypto/index.ts'
import { encodeUint64BigEndian, readUint64BigEndian } from '../encoding/index.ts'
import { type NodeId, nodeIdOf, nodePublicKey, type SwarmId, toSwarmId } from '../swarm/index.ts'
import { formatIpv4, ipv4Bytes } from './ipv4.ts'
import { type NodeVersion } from './methods/stamp.ts'
import { StorageError } from './storage-error.ts'

/** An active node, as `active_nodes_bin` lists it. Spec 20 §3.15. */
export interface ActiveNode {
  readonly id: NodeId
  readonly swarm: SwarmId
  /** Where to find it; `undefined` for nodes without contact info, whose fields are zero. */
  readonly contact: NodeContact | undefined
}

/** Where a node can be found, and what runs there. Spec 20 §3.15. */
export interface NodeContact {
  /** IPv4 in decimal with dots. */
  readonly ip: string
  readonly httpsPort: number
  /** The same number for OMQ (TCP) and QUIC (UDP). */
  readonly omqPort: number
  /** Parts past 255 are written as 255. */
  readonly version: NodeVersion
}

const RECORD_LENGTH = 51
const UNKNOWN_IP = '0.0.0.0'

/**
 * Records of 51 bytes: Ed25519 key 32 ‖ swarm id 8 ‖ IPv4 4 ‖ https port 2 ‖ OMQ and QUIC port 2 ‖ version 3, big-endian.
 * Spec 20 §3.15.
 * @throws {StorageError} `storage.bad-record` if the last record is not whole
 */
export function decodeActiveNodes(bytes: Uint8Array): readonly ActiveNode[] {
  if (bytes.length % RECORD_LENGTH !== 0) throw new StorageError('storage.bad-record', { length: bytes.length })
  const nodes: ActiveNode[] = []
  for (let at = 0; at < bytes.length; at += RECORD_LENGTH)
    nodes.push(decodeRecord(bytes.subarray(at, at + RECORD_LENGTH)))
  return nodes
}

/** Spec 20 §3.15. @throws {StorageError} `storage.bad-record` for an address that is not IPv4 */
export function encodeActiveNodes(nodes: readonly ActiveNode[]): Uint8Array {
  const bytes = new Uint8Array(RECORD_LENGTH * nodes.length)
  for (const [at, node] of nodes.entries()) bytes.set(encodeRecord(node), RECORD_LENGTH * at)
  return bytes
}

function decodeRecord(record: Uint8Array): ActiveNode {
  const view = new DataView(record.buffer, record.byteOffset, record.length)
  const ip = formatIpv4(record.subarray(40, 44))
  const [major = 0, minor = 0, patch = 0] = record.subarray(48)
  return {
    id: nodeIdOf(ed25519PublicKey(record.subarray(0, 32))),
    swarm: toSwarmId(readUint64BigEndian(record, 32)),
    contact:
      ip === UNKNOWN_IP
        ? undefined
        : { ip, httpsPort: view.getUint16(44), omqPort: view.getUint16(46), version: [major, minor, patch] },
  }
}

function encodeRecord({ id, swarm, contact }: ActiveNode): Uint8Array {
  const record = new Uint8Array(RECORD_LENGTH)
  record.set(nodePublicKey(id))
  record.set(encodeUint64BigEndian(swarm), 32)
  if (contact === undefined) return record
  const view = new DataView(record.buffer)
  record.set(ipv4Bytes(contact.ip), 40)
  view.setUint16(44, contact.httpsPort)
  view.setUint16(46, contact.omqPort)
  record.set(
    contact.version.map(part => Math.min(part, 0xff)),
    48,
  )
  return record
}
