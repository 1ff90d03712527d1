import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { createRegistry, type NodeDraft, StaticDirectory, verifyRegistry, type VerifiedRegistry } from '@sotto/registry'

/** What differs from a node of ours that is in the first swarm. */
export interface FakeNodeShape {
  /** Ids of swarms are far apart. */
  readonly swarm?: number
  readonly ip?: string
  readonly capabilities?: readonly string[]
}

const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(250)))
const CREATED_AT = 1_700_000_000_000

/** The keys of the node at this place, always the same. */
export function nodeKeys(at: number): Ed25519KeyPair {
  const seed = new Uint8Array(32).fill(7)
  seed.set([at >> 8, at & 255])
  return new Ed25519KeyPair(new Ed25519Seed(seed))
}

/** Ours, each in a network of its own unless it says otherwise. */
export function draftOf(at: number, { swarm = 0, ip, capabilities }: FakeNodeShape): NodeDraft {
  return {
    ed25519: nodeIdOf(nodeKeys(at).publicKey),
    ip: ip ?? `${20 + (at >> 8)}.${at & 255}.0.1`,
    httpsPort: 22_021,
    omqPort: 22_020,
    quicPort: 22_020,
    swarmId: toSwarmId(BigInt(swarm) * 2n ** 60n + 1n),
    version: [2, 8, 0],
    state: 'active',
    capabilities: capabilities ?? [HELD_RETRIEVE_CAPABILITY],
  }
}

/** A signed list. */
function listOf(nodes: readonly NodeDraft[], sequence: number): VerifiedRegistry {
  const draft = {
    networkId: 'test',
    sequence: BigInt(sequence),
    createdAt: CREATED_AT,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [signer.publicKey],
    nodes,
    names: new Map(),
  }
  return verifyRegistry(createRegistry(draft, [signer]), { trustedKeys: [signer.publicKey] }, CREATED_AT)
}

/** The drafts that the nodes of a directory came from. */
export function draftsOf(directory: FakeDirectory): readonly NodeDraft[] {
  return directory.list().nodes
}

/** A directory whose list can be replaced. */
export class FakeDirectory extends StaticDirectory {
  #sequence = 1

  constructor(nodes: readonly NodeDraft[]) {
    super(listOf(nodes, 1))
  }

  change(nodes: readonly NodeDraft[]): void {
    this.#sequence += 1
    this.replace(listOf(nodes, this.#sequence))
  }
}
