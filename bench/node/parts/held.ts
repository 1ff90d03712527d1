import { formatTable, type Row } from '../format.ts'
import { type loadTasks } from '../load/load-role.ts'
import { type NetworkOptions, startNetwork } from '../network/running-network.ts'
import { type BenchOptions } from '../options.ts'
import { Child } from '../process/child.ts'

const warmUp = 50
const count = 300

/** One store at a time at the first node, while the second holds an answer for the account. */
export async function benchHeld(_: BenchOptions, network: NetworkOptions): Promise<string> {
  const running = await startNetwork(network)
  const load = await Child.start<ReturnType<typeof loadTasks>>('load')
  await load.ask('connect', { nodes: running.plan.nodes, barePorts: [] })
  await load.ask('heldLatency', { count: warmUp })
  const { sinceStore, sinceAcknowledged } = await load.ask('heldLatency', { count })
  await running.stop()
  await load.leave()
  const head: Row = ['until the held answer, ms', 'p50', 'p90', 'p99', 'goal p50']
  return formatTable(head, [
    ['since the store was sent', ...quantiles(sinceStore), '≤ 10'],
    ['since it was acknowledged', ...quantiles(sinceAcknowledged), ''],
  ])
}

function quantiles(values: readonly number[]): readonly string[] {
  return [0.5, 0.9, 0.99].map(share => (values[Math.floor(share * values.length)] ?? Number.NaN).toFixed(1))
}
