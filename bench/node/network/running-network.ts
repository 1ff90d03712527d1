import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Child, type ChildOptions } from '../process/child.ts'
import { type nodeTasks } from './node-role.ts'
import { type NetworkPlan, planNetwork } from './plan.ts'

/** A process with nodes. */
export type NodeChild = Child<ReturnType<typeof nodeTasks>>

/** Nodes that run, and how they were started. */
export interface RunningNetwork {
  readonly plan: NetworkPlan
  readonly children: readonly NodeChild[]
  /** Stops them and deletes their files. */
  stop(): Promise<void>
}

/** How nodes are started. */
export interface NetworkOptions extends ChildOptions {
  readonly nodes: number
  /** Each node has a process of its own. */
  readonly processes: boolean
  /** Nodes speak frames to each other, otherwise HTTP/2. */
  readonly links: boolean
}

/** Starts a swarm in a folder of its own. */
export async function startNetwork({ nodes, processes, links, ...options }: NetworkOptions): Promise<RunningNetwork> {
  const plan = await planNetwork(nodes, Date.now(), { links })
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const all = plan.nodes.map((_, at) => at)
  const groups = processes ? all.map(at => [at]) : [all]
  const children = await Promise.all(groups.map(() => Child.start<ReturnType<typeof nodeTasks>>('node', options)))
  await Promise.all(children.map((child, at) => child.ask('start', { plan, which: groups[at] ?? [], folder })))
  return {
    plan,
    children,
    stop: async () => {
      await Promise.all(children.map(child => child.ask('stop', undefined)))
      // Left alone by their parent they end by themselves, and write their profile if they were to.
      await Promise.all(children.map(child => child.leave()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
