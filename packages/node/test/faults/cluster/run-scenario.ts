import { seededRandom } from '@sotto/testing'
import { type SwarmLimits } from '../../../src/swarm/forward/swarm-limits.ts'
import { type Layout } from '../../swarm/local-swarm.ts'
import { drawAccount } from '../client/fault-account.ts'
import { RecordingClient } from '../client/recording-client.ts'
import { checkHistory } from '../history/check-history.ts'
import { type HistoryRecord, type Violation } from '../history/records.ts'
import { PowerDisk } from './power-disk.ts'
import { Trouble, type TroubleKind } from './trouble.ts'
import { VirtualCluster } from './virtual-cluster.ts'
import { Workload } from './workload.ts'

/** A run under faults. */
export interface Scenario {
  readonly seed: number
  readonly layout: Layout
  readonly troubles: readonly TroubleKind[]
  /** Layouts that come one after the other while clients work. */
  readonly moves?: readonly Layout[]
  /** Members that are gone for ever when the clients have ended, at most a minority. Spec 70, D4. */
  readonly goneForEver?: number
  /** Virtual time in which clients work, ms. */
  readonly workMs?: number
  readonly limits?: Partial<SwarmLimits>
  /** The disks lose and tear what was not synced when a node is killed. */
  readonly tornDisks?: boolean
}

/** What came of it. */
export interface ScenarioResult {
  readonly violations: readonly Violation[]
  /** What nodes reported as what should not have happened. */
  readonly failures: readonly unknown[]
  readonly history: readonly HistoryRecord[]
  readonly confirmed: number
  readonly statuses: ReadonlyMap<number, number>
  readonly struck: ReadonlyMap<TroubleKind, number>
}

const clients = 6
const accountCount = 3
const usualWorkMs = 40_000
/** Long enough for the slowest retry and two comparisons of all members. */
const settleMs = 130_000
/** Comparisons come often, so that little virtual time is needed for two of them. */
const quickLimits: Partial<SwarmLimits> = { repairMs: 50_000, repairJitterMs: 10_000 }

/** Lets clients work while things go wrong, heals everything, waits, reads every box at every member, and judges. */
export async function runScenario(scenario: Scenario): Promise<ScenarioResult> {
  const { seed, layout, troubles, limits, tornDisks = false } = scenario
  const disks = tornDisks
    ? await Promise.all(Array.from(layout, ([key]) => PowerDisk.create(seededRandom(seed + key))))
    : []
  const cluster = new VirtualCluster({ layout, seed, disks, limits: { ...quickLimits, ...limits } })
  try {
    await cluster.start()
    return await runOn(cluster, scenario, new Trouble(cluster, seededRandom(seed + 3), troubles))
  } finally {
    cluster.close()
  }
}

async function runOn(cluster: VirtualCluster, scenario: Scenario, trouble: Trouble): Promise<ScenarioResult> {
  const { seed, troubles, goneForEver = 0, workMs = usualWorkMs } = scenario
  const { clock } = cluster
  const random = seededRandom(seed + 1)
  const client = new RecordingClient({
    now: () => cluster.now(),
    ask: (node, body) => cluster.ask(node, body),
    isMember: (node, account) => cluster.serves(node, account),
  })
  const accounts = Array.from({ length: accountCount }, () => drawAccount(random))
  const ports = { random, client, now: () => cluster.now(), sleep: (ms: number) => clock.sleep(ms) }
  const workload = new Workload(
    { ...ports, membersFor: account => cluster.membersFor(account), shortLives: true },
    accounts,
  )
  for (const round of [1, 2]) {
    const until = cluster.now() + workMs / 2
    const working = Array.from({ length: clients }, () => workload.run(until, 1500))
    await cluster.until(Promise.all([...working, trouble.run(until), move(cluster, scenario, client, round)]))
    if (round === 2) await bury(cluster, goneForEver)
    await cluster.until(trouble.heal())
    if (round === 2) await bury(cluster, goneForEver)
    await cluster.clock.advance(settleMs)
    await cluster.until(readAll(cluster, client, workload, round))
  }
  const [first] = accounts
  const size = first === undefined ? 1 : cluster.membersFor(first).length
  const accepted = goneForEver === 0 ? 1 : Math.ceil((size + 1) / 2)
  const toleranceMs = troubles.includes('clock') ? 130_000 : 0
  const violations = checkHistory(client.history, { accepted, toleranceMs, canVanish: goneForEver > 0 })
  return {
    // A change of an end that went down with the member that was asked, and its queue, can't be proven to who missed it: those who
    // are left may be too few to outvote a dishonest minority of the whole swarm. The messages are there with both ends.
    violations: goneForEver === 0 ? violations : violations.filter(({ kind }) => kind !== 'ends-differ'),
    failures: cluster.failures,
    history: client.history,
    confirmed: workload.confirmed,
    statuses: client.statuses,
    struck: trouble.counts,
  }
}

async function move(
  cluster: VirtualCluster,
  { moves = [], workMs = usualWorkMs }: Scenario,
  { history }: RecordingClient,
  round: number,
): Promise<void> {
  const half = Math.ceil(moves.length / 2)
  const own = round === 1 ? moves.slice(0, half) : moves.slice(half)
  for (const layout of own) {
    await cluster.clock.sleep(workMs / 2 / (own.length + 1))
    cluster.change(layout)
    for (const node of cluster.nodes.keys()) history.push({ kind: 'left', node, at: cluster.now() })
  }
}

/** The first members of the cluster never come back. */
async function bury(cluster: VirtualCluster, count: number): Promise<void> {
  for (const node of [...cluster.nodes.values()].slice(0, count)) node.kill()
}

async function readAll(
  cluster: VirtualCluster,
  client: RecordingClient,
  workload: Workload,
  round: number,
): Promise<void> {
  for (const [account, namespace] of workload.boxes()) {
    for (const node of cluster.membersFor(account)) {
      if (cluster.nodes.get(node)?.isAlive !== true) continue
      const shown = await client.read(node, account, namespace, { settled: round })
      if (shown === undefined) throw new Error('a healed member does not answer')
    }
  }
}
