import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RequestCase, requestCases } from '../cases.ts'
import { formatRequests } from '../format.ts'
import { type loadTasks } from '../load/load-role.ts'
import { type Contestants, measureCase, type RequestResult } from '../measure.ts'
import { type echoTasks } from '../network/echo-role.ts'
import { type NetworkOptions, type NodeChild, startNetwork } from '../network/running-network.ts'
import { type BenchOptions } from '../options.ts'
import { Child } from '../process/child.ts'

/** Every case of requests against three nodes and three bare servers. */
export async function benchRequests(options: BenchOptions, network: NetworkOptions): Promise<string> {
  const running = await startNetwork(network)
  const bare = await Promise.all(running.children.map(() => Child.start<typeof echoTasks>('echo')))
  const load = await Child.start<ReturnType<typeof loadTasks>>('load')
  const barePorts = await Promise.all(bare.map(child => child.ask('listen', undefined)))
  await load.ask('connect', { nodes: running.plan.nodes, barePorts })
  const contestants = { load, nodes: running.children, bare }
  const results: RequestResult[] = []
  for (const each of requestCases.filter(({ name }) => name.includes(options.filter))) {
    const result = await measureCase(each, contestants, options)
    results.push(result)
    process.stderr.write(`  ${each.name}: load generator ${Math.round(result.generatorMicros)} µs a request\n`)
    if (options.profile !== undefined) await profileCase(each, contestants, options.profile, result.ours.perSecond)
  }
  await running.stop()
  await Promise.all([load, ...bare].map(child => child.leave()))
  return formatRequests(results)
}

const profiledSeconds = 4

/** One more run of a case, in which the first node is watched. */
async function profileCase(
  { name, shape }: RequestCase,
  { load, nodes }: Contestants<NodeChild>,
  folder: string,
  perSecond: number,
): Promise<void> {
  const [first] = nodes
  const count = Math.ceil(perSecond * profiledSeconds)
  await load.ask('prepare', { shape, count })
  await first?.ask('startProfile', undefined)
  await load.ask('run', { count })
  const profile = await first?.ask('stopProfile', undefined)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name.replaceAll(/\W+/g, '-')}.cpuprofile`), JSON.stringify(profile))
}
