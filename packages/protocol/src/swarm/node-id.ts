import { ed25519PublicKey, type Ed25519PublicKey } from '../crypto/index.ts'
import { decodeHex, encodeHex } from '../encoding/index.ts'
import { SwarmError } from './swarm-error.ts'

declare const nodeId: unique symbol
/** 64 lower-case hex digits: the Ed25519 key by which onions and replies name a node, and that signs its replies. Spec 20 §1.1. */
export type NodeId = string & { readonly [nodeId]: true }

/**
 * Case is folded; nothing else is forgiven. Whether the key is a point shows when a signature is verified.
 * Spec 20 §1.1.
 * @throws {SwarmError} `swarm.bad-node-id`
 */
export function parseNodeId(text: string): NodeId {
  if (!isNodeId(text)) throw new SwarmError('swarm.bad-node-id', { length: text.length })
  return text.toLowerCase() as NodeId
}

/** The same for lists of which the bad entries are skipped. Spec 20 §1.1. */
export function tryParseNodeId(text: string): NodeId | undefined {
  return isNodeId(text) ? (text.toLowerCase() as NodeId) : undefined
}

/** The id of the node that has this key. Spec 20 §1.1. */
export function nodeIdOf(publicKey: Ed25519PublicKey): NodeId {
  return encodeHex(publicKey) as NodeId
}

/** The key that verifies what the node signs. A fresh array. Spec 20 §1.1. */
export function nodePublicKey(id: NodeId): Ed25519PublicKey {
  return ed25519PublicKey(decodeHex(id))
}

function isNodeId(text: string): boolean {
  return text.length === 64 && /^[0-9a-fA-F]*$/.test(text)
}
