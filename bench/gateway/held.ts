import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { bytes as formatBytes, formatTable, type Row, whole } from '../node/format.ts'
import { type Child } from '../node/process/child.ts'
import { type ClientsTasks } from './clients-role.ts'
import { type GatewayTasks } from './gateway-role.ts'
import { type GuardTasks } from './guard-role.ts'
import { type GuardKind } from './network.ts'

/** The processes and what they are to do. */
export interface HeldOptions {
  readonly guard: Child<GuardTasks>
  readonly guardPort: number
  readonly gateway: Child<GatewayTasks>
  readonly gatewayPort: number
  readonly clients: Child<ClientsTasks>
  readonly count: number
  /** Of a request. */
  readonly bytes: number
}

/** Memory of the gateway with nothing, with clients, and with a held request of each, to either kind of guard. */
export async function measureHeld(options: HeldOptions): Promise<string> {
  const { gateway, gatewayPort, clients, count, guardPort, bytes } = options
  await gateway.ask('collect', undefined)
  const idle = gateway.memory.resident
  await clients.ask('create', { port: gatewayPort, count })
  await clients.ask('connect', { guardPort, bytes })
  await gateway.ask('collect', undefined)
  const connected = gateway.memory.resident
  const rows: Row[] = [
    ['nothing', formatBytes(idle), '', '', ''],
    [`${whole(count)} clients`, formatBytes(connected), ...growth(connected - idle, count), ''],
  ]
  for (const kind of ['native', 'compat'] as const) rows.push(await holdAt(kind, idle, options))
  return formatTable(['the gateway has', 'memory', 'growth', 'for each', 'all answered in'], rows)
}

async function holdAt(kind: GuardKind, idle: number, options: HeldOptions): Promise<Row> {
  const { guard, gateway, clients, count, guardPort, bytes } = options
  await clients.ask('hold', { guardPort, bytes, kind })
  while ((await guard.ask('held', undefined)) < count) await sleep(50)
  const memory = gateway.memory.resident
  const start = performance.now()
  await guard.ask('release', undefined)
  await clients.ask('answered', undefined)
  const seconds = (performance.now() - start) / 1000
  const name = `a held request of each, ${kind} guard`
  return [name, formatBytes(memory), ...growth(memory - idle, count), `${seconds.toFixed(2)} s`]
}

function growth(more: number, count: number): readonly [string, string] {
  return [formatBytes(more), formatBytes(more / count)]
}
