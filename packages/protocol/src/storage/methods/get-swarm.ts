import { x25519PublicKey, type X25519PublicKey } from '../../crypto/index.ts'
import { decodeHex, encodeHex } from '../../encoding/index.ts'
import {
  formatNodeAddress,
  formatSwarmId,
  type NodeId,
  parseNodeId,
  parseSwarmId,
  type SwarmId,
  type SwarmOwner,
} from '../../swarm/index.ts'
import { MAX_SWARM_MEMBERS } from '../limits.ts'
import { StorageError } from '../storage-error.ts'
import { formatOwner, parseOwnerOfOld } from '../wire/common-fields.ts'
import { type Wire, wireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { isIpv4 } from '../ipv4.ts'
import { type Method } from './method.ts'
import { formatStamp, parseStamp, type ReplyStamp } from './stamp.ts'

/** Asks which swarm serves an account. Its old name is `get_snodes_for_pubkey`. Spec 20 §3.13. */
export interface GetSwarmParams {
  readonly owner: SwarmOwner
}

/** A member of a swarm, as replies describe it. Spec 20 §3.13. */
export interface SwarmNode {
  readonly id: NodeId
  /** 32 bytes: the node's name on the chain. */
  readonly legacyKey: Uint8Array
  readonly x25519Key: X25519PublicKey
  /** IPv4; `undefined` if unknown, which is written 0.0.0.0. */
  readonly ip: string | undefined
  readonly httpsPort: number
  /** The same number for OMQ (TCP) and QUIC (UDP). */
  readonly omqPort: number
}

/** Also the body of every 421. Spec 20 §3.17. */
export interface GetSwarmReply extends ReplyStamp {
  /** 2^64 - 1 with no nodes if there are no swarms. */
  readonly swarm: SwarmId
  readonly nodes: readonly SwarmNode[]
}

const UNKNOWN_IP = '0.0.0.0'

/** `get_swarm`. Spec 20 §3.13. */
export const getSwarm: Method<GetSwarmParams, GetSwarmReply> = {
  parse: fields => ({ owner: parseOwnerOfOld(fields) }),
  format: ({ owner }) => wireObject({ pubkey: formatOwner(owner) }),
  parseReply: readSwarm,
  formatReply: formatSwarm,
}

/** Entries that make no sense are skipped; a swarm whose members are all such is empty. */
export function readSwarm(body: WireReader): GetSwarmReply {
  const fields = body.fields()
  const swarm = fields.require('swarm')
  return {
    swarm: swarm.read(() => parseSwarmId(swarm.text())),
    nodes: fields.require('snodes').list(MAX_SWARM_MEMBERS).flatMap(readNode),
    ...parseStamp(fields),
  }
}

/** Undone by {@link readSwarm}. */
export function formatSwarm(reply: GetSwarmReply): Wire {
  return wireObject({ snodes: reply.nodes.map(formatNode), swarm: formatSwarmId(reply.swarm), ...formatStamp(reply) })
}

function readNode(value: WireReader): readonly SwarmNode[] {
  try {
    return [parseNode(value.fields())]
  } catch (error) {
    if (error instanceof StorageError) return []
    throw error
  }
}

function parseNode(fields: WireFields): SwarmNode {
  const id = fields.require('pubkey_ed25519')
  const ip = fields.get('ip')?.text()
  return {
    id: id.read(() => parseNodeId(id.text())),
    legacyKey: readKey(fields.require('pubkey_legacy')),
    x25519Key: x25519PublicKey(readKey(fields.require('pubkey_x25519'))),
    ip: ip !== undefined && ip !== UNKNOWN_IP && isIpv4(ip) ? ip : undefined,
    httpsPort: readPort(fields.require('port_https')),
    omqPort: readPort(fields.require('port_omq')),
  }
}

/** 64 hex characters in JSON and in bencoding. */
function readKey(value: WireReader): Uint8Array {
  const text = value.text()
  if (text.length !== 64) throw value.bad()
  return value.read(() => decodeHex(text))
}

function readPort(value: WireReader): number {
  return value.integer({ max: 0xffff })
}

/** `port` is a text, as it always was. Spec 20, trap 7. */
function formatNode({ id, legacyKey, x25519Key, ip, httpsPort, omqPort }: SwarmNode): Wire {
  return wireObject({
    address: formatNodeAddress(legacyKey),
    pubkey_legacy: encodeHex(legacyKey),
    pubkey_x25519: encodeHex(x25519Key),
    pubkey_ed25519: id,
    port: String(httpsPort),
    port_https: httpsPort,
    port_omq: omqPort,
    port_quic: omqPort,
    ip: ip ?? UNKNOWN_IP,
  })
}
