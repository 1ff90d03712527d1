import { type Ed25519KeyPair, ed25519KeyPairToX25519, type X25519KeyPair } from '@sotto/protocol/crypto'
import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'

/** Who this node is. Spec 20 §1.1. */
export interface NodeIdentity {
  readonly id: NodeId
  /** Signs the node's results. */
  readonly ed25519: Ed25519KeyPair
  /** Opens what is sealed to the node. The conversion of the other. */
  readonly x25519: X25519KeyPair
}

/** The identity that follows from a node's one secret. */
export function nodeIdentityOf(ed25519: Ed25519KeyPair): NodeIdentity {
  return { id: nodeIdOf(ed25519.publicKey), ed25519, x25519: ed25519KeyPairToX25519(ed25519) }
}
