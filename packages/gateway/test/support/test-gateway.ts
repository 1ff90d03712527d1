import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { Gateway, type GatewayLimits, type GatewayOptions, productionLimits } from '@sotto/gateway'
import {
  createRegistry,
  formatRegistryFile,
  type NodeDraft,
  openRegistry,
  StaticDirectory,
  type VerifiedRegistry,
} from '@sotto/registry'
import { systemClock, systemRandom } from '@sotto/server'
import { onTestFinished } from 'vitest'
import { nodeDraft } from './fake-guard.ts'

/** Signs the lists of the tests. */
export const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(7)))
const policy = { trustedKeys: [signer.publicKey], allowLocal: true }
const now = 1_782_000_000_000

/** The signed file of a list. */
export function registryFile(nodes: readonly NodeDraft[], sequence = 1n): Uint8Array {
  const draft = {
    networkId: 'test',
    sequence,
    createdAt: now,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes,
    names: new Map(),
  }
  return formatRegistryFile(createRegistry(draft, [signer], { allowLocal: true }))
}

/** A list that has been verified. */
export function verifiedList(nodes: readonly NodeDraft[], sequence = 1n): VerifiedRegistry {
  return openRegistry(registryFile(nodes, sequence), policy, now)
}

/** Limits of production, with some that are others. */
export function limitsWith(changes: {
  readonly [Group in keyof GatewayLimits]?: Partial<GatewayLimits[Group]>
}): GatewayLimits {
  const group = <Name extends keyof GatewayLimits>(name: Name): GatewayLimits[Name] => ({
    ...productionLimits[name],
    ...changes[name],
  })
  return {
    listener: group('listener'),
    links: group('links'),
    pipe: group('pipe'),
    clients: group('clients'),
    sockets: group('sockets'),
    guards: group('guards'),
  }
}

/** A gateway on 127.0.0.1 that stops with the test, and where its pipe is. A list has one node at least. */
export async function startGateway(
  nodes: readonly NodeDraft[],
  options: Partial<GatewayOptions> = {},
): Promise<{ readonly gateway: Gateway; readonly url: string; readonly directory: StaticDirectory }> {
  const directory = new StaticDirectory(verifiedList(nodes.length === 0 ? [nodeDraft(1)] : nodes))
  const gateway = new Gateway({
    listen: { host: '127.0.0.1', port: 0 },
    admin: { host: '127.0.0.1', port: 0 },
    directory,
    clock: systemClock,
    random: systemRandom,
    ...options,
  })
  await gateway.start()
  onTestFinished(async () => gateway.stop(0))
  return { gateway, url: `ws://127.0.0.1:${gateway.port}/pipe`, directory }
}

/** What a metric of a gateway says now; 0 if there is none. */
export async function metricOf(gateway: Gateway, line: string): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${gateway.adminPort}/metrics`, { headers: { connection: 'close' } })
  const found = (await reply.text()).split('\n').find(each => each.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1) ?? 0)
}
