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

/** What a network says of itself. */
type NetworkReport = Awaited<ReturnType<NetworkTasks['start']>>

/** What is measured. */
export interface ThreeHopOptions {
  readonly report: NetworkReport
  readonly network: Child<NetworkTasks>
  /** A bare server over HTTPS. */
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
 * MB a second up and down, one file after another, through three nodes and beside that over plain HTTPS, and what one file costs
 * client and servers together; medians.
 */
export async function measureThreeHops({
  report,
  network: child,
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
  const plain = new HttpsClient(echo.port, 1)
  const speeds: { readonly onion: Cost; readonly https: Cost }[] = []
  for (let round = 0; round <= rounds; round++) {
    const [onion, https] = [await costOf(onions, child, bytes), await costOf(plain, echo.child, bytes)]
    // The first one is for warming up.
    if (round > 0) speeds.push({ onion, https })
  }
  plain.close()
  await network.stop()
  transport.stop()
  const rows = (['up', 'down'] as const).map((way): Row => {
    const speed = (cost: Cost): number => bytes / 1000 / cost[way].ms
    const of = (read: (each: (typeof speeds)[number]) => number, digits: number): string => {
      const sorted = speeds.map(read).toSorted((one, other) => one - other)
      return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(digits)
    }
    const times = [of(({ onion }) => speed(onion), 1), of(({ https }) => speed(https), 1)]
    const ratio = of(({ onion, https }) => speed(onion) / speed(https), 2)
    return [
      way,
      ...times,
      ratio,
      goal.toFixed(2),
      of(({ onion }) => onion[way].cpuMs, 0),
      of(({ https }) => https[way].cpuMs, 0),
    ]
  })
  return formatTable(
    ['way', 'three hops, MB/s', 'HTTPS, MB/s', 'ratio', 'goal', 'three hops, CPU ms', 'HTTPS, CPU ms'],
    rows,
  )
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
