import { setTimeout as sleep } from 'node:timers/promises'
import { referenceIdleBytes } from '../cases.ts'
import { bytes, formatTable, ratio, type Row, whole } from '../format.ts'
import { type HoldWay } from '../load/holders.ts'
import { type loadTasks } from '../load/load-role.ts'
import { type NetworkOptions, type NodeChild, type RunningNetwork, startNetwork } from '../network/running-network.ts'
import { type BenchOptions } from '../options.ts'
import { Child } from '../process/child.ts'

type LoadChild = Child<ReturnType<typeof loadTasks>>

const idleMs = 5000
/** A hold ends after 25 s: by then all has to be measured. */
const holdMs = 25_000
const lookMs = 250
/** Goal of a held request at the relay and at the store, bytes. */
const goalBytes = 15_000

/** Memory of idle nodes, and of requests that wait at a relay and at a store. */
export async function benchMemory(options: BenchOptions, network: NetworkOptions): Promise<string> {
  const running = await startNetwork({ ...network, nodeOptions: ['--expose-gc'] })
  const load = await Child.start<ReturnType<typeof loadTasks>>('load')
  await sleep(idleMs)
  const idle = formatIdle(running)
  const held: Row[] = []
  for (const way of ['direct', 'relayed'] as const) held.push(...(await benchHolds(way, options.held, running, load)))
  await running.stop()
  await load.leave()
  const head: Row = ['held requests', 'held', 'resident each', 'heap each', 'goal', 'left afterwards']
  return `${idle}\n\n${formatTable(head, held)}`
}

function formatIdle({ children, plan }: RunningNetwork): string {
  const all = children.map(child => child.memory)
  const sum = (pick: (memory: NodeChild['memory']) => number): number =>
    all.reduce((total, each) => total + pick(each), 0)
  const each = sum(({ resident }) => resident) / plan.nodes.length
  const own = sum(memory => memory.own) / plan.nodes.length
  return formatTable(
    ['idle', 'resident', 'of that its own', 'reference', 'ours : reference'],
    [['each node', bytes(each), bytes(own), bytes(referenceIdleBytes), ratio(each / referenceIdleBytes)]],
  )
}

interface Use {
  readonly resident: number
  readonly heap: number
}

/** Directly at the second node, or through the first. */
async function benchHolds(
  way: HoldWay,
  count: number,
  running: RunningNetwork,
  load: LoadChild,
): Promise<readonly Row[]> {
  const [relay, store] = running.children
  const { nodes } = running.plan
  if (relay === undefined || store === undefined) return [['needs --processes', '', '', '', '', '']]
  const port = nodes[way === 'direct' ? 1 : 0]?.port ?? 0
  const watched = way === 'direct' ? [store] : [relay, store]
  // Once in small, so that what is made once is there already.
  await holdAndWait(load, store, { count: Math.ceil(count / 10), way, port, nodes }, async () => undefined)
  const before = await Promise.all(watched.map(useOf))
  let during: readonly Use[] = []
  let relayed = 0
  const held = await holdAndWait(load, store, { count, way, port, nodes }, async () => {
    relayed = await relay.ask('relayed', undefined)
    during = await Promise.all(watched.map(useOf))
  })
  const after = await Promise.all(watched.map(useOf))
  return watched.map((child, at): Row => {
    const grown = (later: readonly Use[], kind: keyof Use): number =>
      (later[at]?.[kind] ?? 0) - (before[at]?.[kind] ?? 0)
    // A relay may have more that are still on their way to the store.
    const number = child === store ? held : Math.max(held, relayed)
    const place =
      way === 'direct' ? 'directly at a store' : child === store ? 'at the store, through a relay' : 'at that relay'
    return [
      place,
      whole(number),
      bytes(grown(during, 'resident') / number),
      bytes(grown(during, 'heap') / number),
      `≤ ${bytes(goalBytes)}`,
      bytes(grown(after, 'heap') / number),
    ]
  })
}

interface Hold {
  readonly count: number
  readonly way: HoldWay
  readonly port: number
  readonly nodes: RunningNetwork['plan']['nodes']
}

/** Calls back while as many as possible are held; ends when all are answered. Says how many were held. */
async function holdAndWait(
  load: LoadChild,
  store: NodeChild,
  { count, way, port, nodes }: Hold,
  whileHeld: () => Promise<void>,
): Promise<number> {
  await load.ask('prepareHolds', { count, way, nodes })
  const endsAt = performance.now() + holdMs
  await load.ask('hold', { port })
  let held = 0
  while (held < count && performance.now() < endsAt - 5000) {
    await sleep(lookMs)
    held = await store.ask('held', undefined)
  }
  await whileHeld()
  const deadline = endsAt + 2 * holdMs
  while ((await load.ask('holdsAnswered', undefined)) < count && performance.now() < deadline) await sleep(lookMs)
  await load.ask('dropHolds', undefined)
  return held
}

async function useOf(child: NodeChild): Promise<Use> {
  const { heap, external } = await child.ask('collect', undefined)
  return { resident: child.memory.resident, heap: heap + external }
}
