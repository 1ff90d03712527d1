import { performance } from 'node:perf_hooks'
import { systemRandom } from '@sotto/server'
import { type Child } from '../node/process/child.ts'
import { formatTable, type Row } from '../node/format.ts'
import { HttpsClient } from './https-client.ts'
import { type EchoTasks } from './echo-role.ts'
import { type ServerTasks } from './server-role.ts'

/** What is measured. */
export interface RequestOptions {
  readonly server: { readonly child: Child<ServerTasks>; readonly port: number }
  readonly echo: { readonly child: Child<EchoTasks>; readonly port: number }
  readonly bytes: number
  readonly rounds: number
  readonly seconds: number
}

interface Rate {
  readonly perSecond: number
  readonly perCpuSecond: number
}

const connections = 16

/** Requests a second, and for each second of the server's CPU time, beside a bare server; the median of rounds in turn. */
export async function measureRequests(options: RequestOptions): Promise<string> {
  const { server, echo, bytes } = options
  const rows: Row[] = []
  for (const kind of ['put', 'get'] as const) {
    const ours = await clientFor(server.port, bytes, kind)
    const bare = await clientFor(echo.port, bytes, kind)
    const rates: { readonly ours: Rate; readonly bare: Rate }[] = []
    for (let round = 0; round <= options.rounds; round++) {
      const one = await rateOf(server.child, ours.run, options.seconds)
      const other = await rateOf(echo.child, bare.run, options.seconds)
      // The first one is for warming up.
      if (round > 0) rates.push({ ours: one, bare: other })
    }
    ours.close()
    bare.close()
    rows.push(rowOf(kind, rates))
  }
  return formatTable(['case', 'ours/s', 'per CPU s', 'bare/s', 'per CPU s', 'ours : bare', 'CPU'], rows)
}

async function clientFor(port: number, bytes: number, kind: 'put' | 'get') {
  const client = new HttpsClient(port, connections)
  const close = (): void => client.close()
  // Other bytes each time, or a file server would keep nothing.
  if (kind === 'put') return { run: async () => client.put(systemRandom(bytes)), close }
  const id = await client.put(systemRandom(bytes))
  return { run: async () => client.get(id), close }
}

async function rateOf(child: Child<never>, run: () => Promise<unknown>, seconds: number): Promise<Rate> {
  const [cpu, start] = [child.cpuSeconds, performance.now()]
  const end = start + 1000 * seconds
  let count = 0
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      await run()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  return {
    perSecond: (1000 * count) / (performance.now() - start),
    perCpuSecond: count / (child.cpuSeconds - cpu),
  }
}

function rowOf(name: string, rates: readonly { readonly ours: Rate; readonly bare: Rate }[]): Row {
  const of = (read: (rate: (typeof rates)[number]) => number, digits: number): string => {
    const sorted = rates.map(read).toSorted((one, other) => one - other)
    return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(digits)
  }
  return [
    name,
    of(({ ours }) => ours.perSecond, 0),
    of(({ ours }) => ours.perCpuSecond, 0),
    of(({ bare }) => bare.perSecond, 0),
    of(({ bare }) => bare.perCpuSecond, 0),
    of(({ ours, bare }) => ours.perSecond / bare.perSecond, 2),
    of(({ ours, bare }) => ours.perCpuSecond / bare.perCpuSecond, 2),
  ]
}
