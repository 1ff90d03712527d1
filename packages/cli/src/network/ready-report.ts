import { encodeHex } from '@sotto/protocol/encoding'
import { nodeIdentityOf } from '@sotto/node'
import { fileServerFact, type FileServerFact } from './file-server-fact.ts'
import { type NetworkFolder } from './network-folder.ts'
import { type NetworkPlan } from './network-plan.ts'

/** What others need to use a network: printed when all is ready, and by `network status`. */
export interface ReadyReport {
  readonly nodes: readonly {
    readonly ed25519: string
    readonly x25519: string
    readonly ip: string
    readonly httpsPort: number
    /** 16 hex digits. */
    readonly swarm: string
  }[]
  readonly seed: string
  readonly seedTls: string
  /** The origin at which browsers reach the nodes. */
  readonly gateway: string
  readonly files: FileServerFact
  /** The file with the signed list. */
  readonly registry: string
  /** The key that signs it, in hex. */
  readonly signer: string
}

/** The report of a network that runs as planned. */
export function reportOf(plan: NetworkPlan, folder: NetworkFolder): ReadyReport {
  const { nodes, signer, seedPort, seedTlsPort, gatewayPort, fileServer } = plan
  return {
    nodes: nodes.map(({ keyPair, ip, httpsPort, swarmId }) => {
      const { id, x25519 } = nodeIdentityOf(keyPair)
      const swarm = swarmId.toString(16).padStart(16, '0')
      return { ed25519: id, x25519: encodeHex(x25519.publicKey), ip, httpsPort, swarm }
    }),
    seed: `http://127.0.0.1:${seedPort}/`,
    seedTls: `https://127.0.0.1:${seedTlsPort}/`,
    gateway: `http://127.0.0.1:${gatewayPort}`,
    files: fileServerFact(fileServer.keyPair, fileServer.port),
    registry: folder.registry,
    signer: encodeHex(signer.publicKey),
  }
}

/** The report for a person. */
export function formatReport({ nodes, seed, seedTls, gateway, files, registry, signer }: ReadyReport): string {
  const rows = nodes.map(
    ({ ed25519, ip, httpsPort, swarm }) => `  ${swarm}   ${`https://${ip}:${httpsPort}`.padEnd(24)} ${ed25519}`,
  )
  return `  swarm              address                  node
${rows.join('\n')}

Seed:      ${seed} and ${seedTls}
Gateway:   ${gateway}
Files:     ${files.url}   ${files.ed25519}
Registry:  ${registry}
Signer:    ${signer}
`
}
