import { performance } from 'node:perf_hooks'
import { PipeTransport } from '@sotto/client/web'
import { systemClock, systemRandom } from '@sotto/client/node'
import { type NodeEntry } from '@sotto/registry'
import { NodeLinks } from '@sotto/transport'
import { formatTable, type Row } from '../node/format.ts'
import { directoryOf, type GuardKind, guardOf } from './network.ts'

/** What is measured. */
export interface RoundTripOptions {
  readonly guardPort: number
  readonly gatewayPort: number
  /** Of a request. */
  readonly bytes: number
  readonly rounds: number
  /** Requests in a round, one after another; direct ones and those through the gateway in turn. */
  readonly requests: number
}

type Post = (body: Uint8Array) => Promise<unknown>

const timeoutMs = 60_000
const path = '/onion_req/v2'

/** Times of requests by the two ways, side by side, as a table in ms. */
export async function measureRoundTrips(options: RoundTripOptions): Promise<string> {
  const links = new NodeLinks({ random: systemRandom })
  const url = `ws://127.0.0.1:${options.gatewayPort}/pipe`
  const transport = new PipeTransport({ url, WebSocket, clock: systemClock, random: systemRandom })
  const directory = directoryOf(options.guardPort)
  const rows: Row[] = []
  for (const kind of ['native', 'compat'] as const) {
    const guard = guardOf(directory, kind)
    const [direct, through] = await measureBoth(directly(links, guard), throughGateway(transport, guard), options)
    rows.push(rowOf(kind, direct, through))
  }
  links.stop()
  transport.close()
  const head: Row = ['guard', 'direct p50', 'p95', 'through the gateway p50', 'p95', 'added p50', 'p95']
  return formatTable(head, rows)
}

function directly(links: NodeLinks, { ip, httpsPort: port, capabilities }: NodeEntry): Post {
  return async body => links.request({ ip, port, capabilities }, path, body, { timeoutMs })
}

function throughGateway(transport: PipeTransport, guard: NodeEntry): Post {
  return async body => transport.post(guard, path, body, { timeoutMs })
}

/** Sorted times of each way; the first round of each is not counted. */
async function measureBoth(
  first: Post,
  second: Post,
  { bytes, rounds, requests }: RoundTripOptions,
): Promise<readonly [readonly number[], readonly number[]]> {
  const [one, two]: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const times = await timesOf(first, bytes, requests)
    const others = await timesOf(second, bytes, requests)
    if (round > 0) one.push(...times)
    if (round > 0) two.push(...others)
  }
  return [one.toSorted((a, b) => a - b), two.toSorted((a, b) => a - b)]
}

async function timesOf(post: Post, bytes: number, requests: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let asked = 0; asked < requests; asked++) {
    const start = performance.now()
    await post(new Uint8Array(bytes))
    times.push(performance.now() - start)
  }
  return times
}

function rowOf(kind: GuardKind, direct: readonly number[], through: readonly number[]): Row {
  const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
  const [d50, d95, t50, t95] = [at(direct, 0.5), at(direct, 0.95), at(through, 0.5), at(through, 0.95)]
  return [kind, ...[d50, d95, t50, t95, t50 - d50, t95 - d95].map(ms => ms.toFixed(2))]
}
