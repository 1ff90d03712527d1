import { createRegistry, type NodeDraft, type RegistryDraft, type SignedRegistry } from '@sotto/registry'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { nodeIdOf } from '@sotto/protocol/swarm'

/** A key pair that is the same in every run. */
export function keyPair(number: number): Ed25519KeyPair {
  const seed = new Uint8Array(32)
  new DataView(seed.buffer).setUint32(0, number + 1)
  return new Ed25519KeyPair(new Ed25519Seed(seed))
}

export const signer = keyPair(1_000_000)
export const otherSigner = keyPair(1_000_001)

export function draftNode(number: number, more: Partial<NodeDraft> = {}): NodeDraft {
  return {
    ed25519: nodeIdOf(keyPair(number).publicKey),
    ip: `8.8.${number >> 8}.${number & 255}`,
    httpsPort: 22021,
    omqPort: 22020,
    quicPort: 22020,
    version: [2, 8, 0],
    state: 'active',
    capabilities: ['held_retrieve.1'],
    ...more,
  }
}

/** The middle of 2026. */
export const now = 1_782_000_000_000

export function draft(nodes: number | readonly NodeDraft[], more: Partial<RegistryDraft> = {}): RegistryDraft {
  return {
    networkId: 'test',
    sequence: 1n,
    createdAt: now,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map([['EPOCH', 2n]]),
    signers: [signer.publicKey],
    nodes: typeof nodes === 'number' ? Array.from({ length: nodes }, (_, at) => draftNode(at)) : nodes,
    names: new Map(),
    ...more,
  }
}

export function signed(nodes: number | readonly NodeDraft[], more: Partial<RegistryDraft> = {}): SignedRegistry {
  return createRegistry(draft(nodes, more), [signer], { allowLocal: true })
}

export const policy = { trustedKeys: [signer.publicKey] }

/** The code of the error that a call throws. */
export function codeOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  return 'nothing was thrown'
}
