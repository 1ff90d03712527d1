import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { createRegistry, type NodeEntry, StaticDirectory, verifyRegistry } from '@sotto/registry'

/** Whether a guard multiplexes, as Sotto's nodes do, or takes one request for each connection, as existing ones do. */
export type GuardKind = 'native' | 'compat'

const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
const now = 1_782_000_000_000
const kinds: readonly GuardKind[] = ['native', 'compat']

/** A list of two guards that are one server, as either kind. */
export function directoryOf(port: number): StaticDirectory {
  const nodes = kinds.map((kind, at) => ({
    ed25519: nodeIdOf(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(2 + at))).publicKey),
    ip: `127.0.0.${at + 1}`,
    httpsPort: port,
    omqPort: 0,
    quicPort: 0,
    swarmId: toSwarmId(0n),
    version: [2, 8, 0] as const,
    state: 'active' as const,
    capabilities: kind === 'native' ? ['held_retrieve.1'] : [],
  }))
  const draft = {
    networkId: 'bench',
    sequence: 1n,
    createdAt: now,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes,
    names: new Map(),
  }
  const registry = createRegistry(draft, [signer], { allowLocal: true })
  return new StaticDirectory(verifyRegistry(registry, { trustedKeys: [signer.publicKey], allowLocal: true }, now))
}

/** The guard of a kind. */
export function guardOf(directory: StaticDirectory, kind: GuardKind): NodeEntry {
  const guard = directory.list().nodes.find(node => (node.capabilities.length > 0 ? 'native' : 'compat') === kind)
  if (guard === undefined) throw new Error('the list has a guard of each kind')
  return guard
}
