import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { Ed25519KeyPair, ed25519KeyPairToX25519, Ed25519Seed } from '@sotto/protocol/crypto'
import { LINK_CAPABILITY } from '@sotto/protocol/link'
import { nodeIdOf, type SwarmId } from '@sotto/protocol/swarm'
import { createRegistry, formatRegistryFile } from '@sotto/registry'
import { defaultFacts } from '@sotto/node'

/** One node of the network under load; plain data, so that it can go to the processes that need it. */
export interface PlannedNode {
  /** 32 bytes of its Ed25519 seed. */
  readonly seed: Uint8Array
  readonly id: string
  /** 32 bytes. */
  readonly x25519: Uint8Array
  readonly port: number
}

/** Nodes on this machine, all in one swarm. */
export interface NetworkPlan {
  readonly nodes: readonly PlannedNode[]
  /** The signed list of them. */
  readonly registry: Uint8Array
  /** The key that signed it, 32 bytes. */
  readonly signer: Uint8Array
  /** Unix ms; the list was made then. */
  readonly createdAt: number
}

/** Makes keys, finds free ports and signs the list. Without `links` nodes speak HTTP/2 to each other. */
export async function planNetwork(
  count: number,
  now: number,
  { links }: { readonly links: boolean } = { links: true },
): Promise<NetworkPlan> {
  const signer = drawKeyPair()
  const ports = await freePorts(count)
  const keys = ports.map(() => drawKeyPair())
  const { version } = defaultFacts
  const capabilities = defaultFacts.capabilities.filter(each => links || each !== LINK_CAPABILITY)
  const registry = createRegistry(
    {
      networkId: 'sotto-bench',
      sequence: BigInt(now),
      createdAt: now - (now % 1000),
      validUntil: undefined,
      requiredSignatures: 1,
      parameters: new Map(),
      signers: [signer.publicKey],
      nodes: keys.map((pair, at) => ({
        ed25519: nodeIdOf(pair.publicKey),
        ip: '127.0.0.1',
        httpsPort: ports[at] ?? 0,
        omqPort: 0,
        quicPort: 0,
        swarmId: 0n as SwarmId,
        version,
        state: 'active',
        capabilities,
      })),
      names: new Map(),
    },
    [signer],
    { allowLocal: true },
  )
  return {
    nodes: keys.map((pair, at) => ({
      seed: pair.seed.expose(),
      id: nodeIdOf(pair.publicKey),
      x25519: ed25519KeyPairToX25519(pair).publicKey,
      port: ports[at] ?? 0,
    })),
    registry: formatRegistryFile(registry),
    signer: signer.publicKey,
    createdAt: now,
  }
}

/** A fresh key pair. */
export function drawKeyPair(): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(randomBytes(32))))
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map(server => {
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : 0
  })
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
