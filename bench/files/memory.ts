import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom } from '@sotto/server'
import { type NetworkTasks } from '../client/network-role.ts'
import { formatTable, type Row } from '../node/format.ts'
import { Child } from '../node/process/child.ts'
import { type MemorySpan, type PersonTasks } from './person-role.ts'

/** What is measured. */
export interface MemoryOptions {
  readonly report: Awaited<ReturnType<NetworkTasks['start']>>
  readonly folder: string
  readonly bytes: number
  readonly worker: string
}

const goal = 64
const MB = 1_000_000

/** What sending and fetching a large file takes in the memory of a client, over what it has while nothing goes on. */
export async function measureMemory({ bytes, folder, report, worker }: MemoryOptions): Promise<string> {
  const { files, registry, signer } = report
  const start = async (name: string): Promise<readonly [Child<PersonTasks>, string]> => {
    const child = await Child.start<PersonTasks>('person', { worker, nodeOptions: ['--expose-gc'] })
    return [child, await child.ask('open', { folder: join(folder, name), registry, signer, files })]
  }
  mkdirSync(folder, { recursive: true })
  const [ada, adaId] = await start('ada')
  const [bob, bobId] = await start('bob')
  await ada.ask('say', { to: bobId, body: 'Hello' })
  await bob.ask('hears', { from: adaId, body: 'Hello' })
  await bob.ask('say', { to: adaId, body: 'Hello, Ada' })
  await ada.ask('hears', { from: bobId, body: 'Hello, Ada' })
  const path = join(folder, 'large.bin')
  writeLarge(path, bytes)
  const up = await ada.ask('send', { path, to: bobId })
  const down = await bob.ask('fetch', { from: adaId, sizeBytes: bytes })
  await ada.leave()
  await bob.leave()
  const rowOf = (way: string, { idle, ms, peak }: MemorySpan): Row => [
    way,
    (idle / MB).toFixed(0),
    (peak / MB).toFixed(0),
    ((peak - idle) / MB).toFixed(0),
    goal.toFixed(0),
    (ms / 1000).toFixed(1),
    (bytes / 1000 / ms).toFixed(1),
  ]
  return formatTable(
    ['way', 'idle, MB', 'peak, MB', 'over idle, MB', 'goal, MB', 'seconds', 'MB/s'],
    [rowOf('up', up), rowOf('down', down)],
  )
}

function writeLarge(path: string, bytes: number): void {
  const file = openSync(path, 'wx')
  for (let left = bytes; left > 0; left -= MB) writeSync(file, systemRandom(Math.min(MB, left)))
  closeSync(file)
}
