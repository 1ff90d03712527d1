import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { NodeTransport } from '@sotto/client/node'
import { Network } from '@sotto/network'
import { systemSleepingClock } from '@sotto/node'
import { downloadRequest, parseUploadReply, uploadRequest } from '@sotto/protocol/attachment'
import { ed25519PublicKey, x25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { parseServerAddress, V4_TARGET, type V4Request } from '@sotto/protocol/onion'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { systemRandom } from '@sotto/server'
import { type NetworkTasks } from '../client/network-role.ts'
import { formatTable, type Row } from '../node/format.ts'
import { type Child } from '../node/process/child.ts'
import { type EchoTasks } from './echo-role.ts'
import { HttpsClient } from './https-client.ts'
import { type ServerTasks } from './server-role.ts'

/** What a network says of itself. */
type NetworkReport = Awaited<ReturnType<NetworkTasks['start']>>

/** What is measured. */
export interface ThreeHopOptions {
  readonly report: NetworkReport
  readonly network: Child<NetworkTasks>
  /** The same file server over HTTPS. */
  readonly server: { readonly child: Child<ServerTasks>; readonly port: number }
  /** A bare server over HTTPS, which keeps what it is sent in memory. */
  readonly echo: { readonly child: Child<EchoTasks>; readonly port: number }
  readonly bytes: number
  readonly rounds: number
}

interface Files {
  put(body: Uint8Array): Promise<string>
  get(id: string): Promise<Uint8Array>
}

const goal = 0.25

/**
 * MB a second up and down, one file after another: through three nodes, over HTTPS to the same file server, and over HTTPS to a
 * bare one; and what one file costs client and servers together. Medians.
 */
export async function measureThreeHops({
  report,
  network: child,
  server,
  echo,
  bytes,
  rounds,
}: ThreeHopOptions): Promise<string> {
  const policy = { trustedKeys: [ed25519PublicKey(decodeHex(report.signer))], allowLocal: true }
  const directory = new StaticDirectory(openRegistry(readFileSync(report.registry), policy, Date.now()))
  const transport = new NodeTransport()
  const state = { load: async () => undefined, save: async () => undefined }
  const ports = { directory, transport, clock: systemSleepingClock, random: systemRandom, state, isLocal: true }
  const network = Network.create(ports)
  await network.start()
  const onions = throughNodes(network, report.files)
  const [direct, bare] = [new HttpsClient(server.port, 1), new HttpsClient(echo.port, 1)]
  const costs: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const each = {
      onion: await costOf(onions, child, bytes),
      direct: await costOf(direct, server.child, bytes),
      bare: await costOf(bare, echo.child, bytes),
    }
    // The first one is for warming up.
    if (round > 0) costs.push(each)
  }
  for (const client of [direct, bare]) client.close()
  await network.stop()
  transport.stop()
  return formatTable(
    ['way', 'three hops, MB/s', 'HTTPS, MB/s', 'ratio', 'goal', 'bare, MB/s', 'ratio', 'CPU ms', 'HTTPS', 'bare'],
    [rowOf('up', costs, bytes), rowOf('down', costs, bytes)],
  )
}

function rowOf(way: 'up' | 'down', costs: readonly Round[], bytes: number): Row {
  const median = (read: (each: Round) => number, digits: number): string => {
    const sorted = costs.map(read).toSorted((one, other) => one - other)
    return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(digits)
  }
  const speed = (of: keyof Round): string => median(each => bytes / 1000 / each[of][way].ms, 1)
  const ratio = (to: keyof Round): string => median(each => each[to][way].ms / each.onion[way].ms, 2)
  const cpu = (of: keyof Round): string => median(each => each[of][way].cpuMs, 0)
  const speeds = [speed('onion'), speed('direct'), ratio('direct'), goal.toFixed(2), speed('bare'), ratio('bare')]
  return [way, ...speeds, cpu('onion'), cpu('direct'), cpu('bare')]
}

/** What one file cost on each of the ways. */
interface Round {
  readonly onion: Cost
  readonly direct: Cost
  readonly bare: Cost
}

interface Cost {
  readonly up: Span
  readonly down: Span
}

interface Span {
  readonly ms: number
  readonly cpuMs: number
}

function throughNodes(network: Network, { url, x25519 }: NetworkReport['files']): Files {
  const address = parseServerAddress({
    protocol: 'http',
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    target: V4_TARGET,
  })
  const server = { kind: 'server' as const, key: x25519PublicKey(decodeHex(x25519)), address }
  const ask = async (request: V4Request): Promise<Uint8Array> => {
    const { code, body } = await network.session('files').toServer(server, request, { deadlineMs: 60_000 })
    if (code !== 200) throw new Error(`the file server answered ${code}`)
    return body
  }
  return {
    put: async body => {
      const { method, path: endpoint, headers } = uploadRequest()
      return parseUploadReply(await ask({ method, endpoint, headers, body })).id
    },
    get: async id => {
      const { method, path: endpoint, headers } = downloadRequest(id as Parameters<typeof downloadRequest>[0])
      return ask({ method, endpoint, headers })
    },
  }
}

async function costOf(files: Files, child: Child<never>, bytes: number): Promise<Cost> {
  const body = systemRandom(bytes)
  const [id, up] = await spanOf(child, async () => files.put(body))
  const [back, down] = await spanOf(child, async () => files.get(id))
  if (back.length !== bytes) throw new Error('the file came back as another one')
  return { up, down }
}

async function spanOf<T>(child: Child<never>, run: () => Promise<T>): Promise<readonly [T, Span]> {
  const [start, own, childs] = [performance.now(), process.cpuUsage(), child.cpuSeconds]
  const result = await run()
  const { user, system } = process.cpuUsage(own)
  const cpuMs = (user + system) / 1000 + 1000 * (child.cpuSeconds - childs)
  return [result, { ms: performance.now() - start, cpuMs }]
}
