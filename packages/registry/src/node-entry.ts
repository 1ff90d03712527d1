import { type X25519PublicKey } from '@sotto/protocol/crypto'
import { type NodeId, type SwarmId } from '@sotto/protocol/swarm'

/** `leaving` nodes still serve their swarm; `decommissioned` ones serve none, but still relay. Spec 60 §13. */
export type NodeState = 'active' | 'decommissioned' | 'leaving'

/** Major, minor, patch: each 0 to 65535. */
export type SoftwareVersion = readonly [number, number, number]

/** One service node as everybody sees it. Spec 20 §1.1, spec 60 §11. */
export interface NodeEntry {
  /** Names the node, verifies its replies. */
  readonly ed25519: NodeId
  /** Onion layers are sealed to it. Always the conversion of the Ed25519 key. */
  readonly x25519: X25519PublicKey
  /** IPv4 with dots, or IPv6 in its shortest spelling (RFC 5952) without brackets. */
  readonly ip: string
  /** 1 to 65535. */
  readonly httpsPort: number
  /** 0: none. */
  readonly omqPort: number
  /** 0: none. */
  readonly quicPort: number
  /** `unassignedSwarm` for decommissioned nodes. */
  readonly swarmId: SwarmId
  readonly version: SoftwareVersion
  readonly state: NodeState
  /** What the node can do beyond the existing network, such as `held_retrieve.1`. Spec 21 §5. */
  readonly capabilities: readonly string[]
  /** The first BLS key, 64 bytes; networks without a chain have none. Spec 60 §13. */
  readonly bls?: Uint8Array
}

/** A node as whoever makes a list knows it: the rest follows from this. */
export interface NodeDraft extends Omit<NodeEntry, 'x25519' | 'swarmId'> {
  /** If given it must belong to the Ed25519 key. */
  readonly x25519?: X25519PublicKey
  /** Left out by all serving nodes or by none; then swarms are worked out, the same everywhere. Spec 60 §14. */
  readonly swarmId?: SwarmId
}
