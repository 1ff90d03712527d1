import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatTable, type Row, whole } from '../format.ts'
import { Connection, httpRequest } from '../load/connection.ts'
import { type nodeTasks } from '../network/node-role.ts'
import { type NetworkPlan, planNetwork } from '../network/plan.ts'
import { type NetworkOptions, type NodeChild } from '../network/running-network.ts'
import { type BenchOptions } from '../options.ts'
import { Child } from '../process/child.ts'

/** Starts a node over a database that is already full: from the start of its process until it answers. */
export async function benchRestart({ messages }: BenchOptions, network: NetworkOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const plan = await planNetwork(1, Date.now())
  const filler = await Child.start<ReturnType<typeof nodeTasks>>('node')
  await filler.ask('fill', { folder, which: 0, count: messages })
  await filler.leave()
  const times: number[] = []
  const cpu: number[] = []
  let node: NodeChild | undefined
  for (const round of [0, 1, 2]) {
    const startedAt = performance.now()
    node = await startOne(plan, folder, network)
    times.push(performance.now() - startedAt)
    cpu.push(node.cpuSeconds)
    // The last one is not told to stop.
    if (round === 2) break
    await node.ask('stop', undefined)
    await node.leave()
  }
  await node?.kill()
  const killedAt = performance.now()
  node = await startOne(plan, folder, network)
  const afterKill = performance.now() - killedAt
  const resident = node.memory.resident
  const cpuAfterKill = node.cpuSeconds
  await node.ask('stop', undefined)
  await node.leave()
  await rm(folder, { recursive: true, force: true })
  const head: Row = ['restart', 'messages', 's', 'CPU s', 'goal', 'resident then']
  const seconds = (ms: number): string => (ms / 1000).toFixed(2)
  return formatTable(head, [
    [
      'after a stop, the slowest of three',
      whole(messages),
      seconds(Math.max(...times)),
      Math.max(...cpu).toFixed(2),
      '≤ 5',
      '',
    ],
    [
      'after a kill',
      whole(messages),
      seconds(afterKill),
      cpuAfterKill.toFixed(2),
      '≤ 5',
      `${(resident / 1e6).toFixed(0)} MB`,
    ],
  ])
}

async function startOne(plan: NetworkPlan, folder: string, network: NetworkOptions): Promise<NodeChild> {
  const node = await Child.start<ReturnType<typeof nodeTasks>>('node', network)
  await node.ask('start', { plan, which: [0], folder })
  const connection = await Connection.open(plan.nodes[0]?.port ?? 0)
  const { status } = await connection.ask(httpRequest('/storage_rpc/v1', Buffer.from('{"method":"info","params":{}}')))
  connection.close()
  if (status !== 200) throw new Error(`the node answered ${status}`)
  return node
}
