import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RequestCase, requestCases } from '../cases.ts'
import { formatTable, type Row } from '../format.ts'
import { type loadTasks } from '../load/load-role.ts'
import { type echoTasks } from '../network/echo-role.ts'
import { type nodeTasks } from '../network/node-role.ts'
import { planNetwork } from '../network/plan.ts'
import { type NetworkOptions } from '../network/running-network.ts'
import { type BenchOptions } from '../options.ts'
import { Child } from '../process/child.ts'

type AloneTasks = ReturnType<typeof nodeTasks> & ReturnType<typeof loadTasks> & typeof echoTasks
type AloneChild = Child<AloneTasks>

/** Requests of a round: so few that a busy machine leaves some of the rounds alone. */
const perRound = 12
const rounds = 150
/** Onions are made in advance for so many rounds. */
const lot = 30
const warmUpRounds = 150

/**
 * What a request takes of one thread, which is client and three nodes at once: the best of many short rounds, and so the
 * figure that a busy machine changes least. Writers have threads of their own, so a store waits for its disk.
 */
export async function benchAlone({ filter, links }: BenchOptions, network: NetworkOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const plan = await planNetwork(network.nodes, Date.now(), { links })
  const child = await Child.start<AloneTasks>('alone', network)
  await child.ask('start', { plan, which: plan.nodes.map((_, at) => at), folder })
  const barePort = await child.ask('listen', undefined)
  await child.ask('connect', { nodes: plan.nodes, barePorts: [barePort] })
  const rows: Row[] = []
  for (const each of requestCases.filter(({ name }) => name.includes(filter))) {
    const { ours, bare } = await bestOf(child, each)
    rows.push([each.name, micros(ours), micros(bare), (ours / bare).toFixed(1)])
  }
  await child.ask('stop', undefined)
  await child.leave()
  await rm(folder, { recursive: true, force: true })
  return formatTable(['a request, all in one thread', 'µs', 'bare µs', 'ours : bare'], rows)
}

/** Seconds of a request: ours, and that of a bare server of the same shape. */
async function bestOf(
  child: AloneChild,
  { shape }: RequestCase,
): Promise<{ readonly ours: number; readonly bare: number }> {
  let best = Infinity
  let requestBytes = 0
  let replyBytes = 0
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    // A store that is repeated is none.
    const isDue = round % lot === 0 || shape.kind === 'store'
    if (isDue) requestBytes = await child.ask('prepare', { shape, count: (lot + 1) * 3 * perRound })
    const { seconds, count, failed, meanReplyBytes } = await child.ask('run', { count: perRound })
    if (failed > 0) throw new Error(`${failed} of ${count} failed`)
    replyBytes = meanReplyBytes
    if (round >= warmUpRounds) best = Math.min(best, seconds / count)
  }
  let bare = Infinity
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const { seconds, count } = await child.ask('runBare', { count: perRound, requestBytes, replyBytes })
    if (round >= warmUpRounds) bare = Math.min(bare, seconds / count)
  }
  return { ours: best, bare }
}

function micros(seconds: number): string {
  return (seconds * 1e6).toFixed(0)
}
