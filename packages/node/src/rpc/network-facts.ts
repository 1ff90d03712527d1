import { type HardFork, type NodeVersion } from '@sotto/protocol/storage'

/** What a node says of itself and its network in replies. Spec 20 §3.13. */
export interface NetworkFacts {
  /** In every reply, and the condition of some features. */
  readonly hardFork: HardFork
  /** The version of the storage server that this node is compatible with. */
  readonly version: NodeVersion
  /** What the node can do beyond spec 20; also in its directory entry. Spec 21 §5. */
  readonly capabilities: readonly string[]
}
