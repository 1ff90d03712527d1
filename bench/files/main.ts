import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type NetworkTasks } from '../client/network-role.ts'
import { Child } from '../node/process/child.ts'
import { type EchoTasks } from './echo-role.ts'
import { measureMemory } from './memory.ts'
import { measureRequests } from './requests.ts'
import { type ServerTasks } from './server-role.ts'
import { measureThreeHops } from './three-hops.ts'
import { measureThumbnails } from './thumbnails.ts'

const usage = `npm run bench:files -- [options]

  --only PART    requests, hops, memory or thumbnails; all
  --bytes N      of a file in the first part (100000)
  --rounds N     rounds, ours and the bare server in turn (5)
  --seconds N    of one round of requests (3)
  --large N      bytes of a file in the second part (10000000)
  --huge N       bytes of a file in the third part (200000000)
  --processes    each node in a process of its own; their CPU time is not counted then
  --folder DIR   where files are kept; by default for temporary files, which may be in memory
`
const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    only: { type: 'string', default: 'requests,hops,memory,thumbnails' },
    bytes: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    large: { type: 'string', default: '10000000' },
    huge: { type: 'string', default: '200000000' },
    processes: { type: 'boolean', default: false },
    folder: { type: 'string', default: tmpdir() },
  },
})
if (values.help) console.log(usage)
else await bench()

interface Echo {
  readonly child: Child<EchoTasks>
  readonly port: number
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(values.folder, 'sotto-bench-'))
  const echo = await Child.start<EchoTasks>('echo', { worker })
  const echoPort = await echo.ask('listen', undefined)
  try {
    if (values.only.includes('requests')) await requests(folder, { child: echo, port: echoPort })
    if (values.only.includes('hops')) await hops(folder, { child: echo, port: echoPort })
    if (values.only.includes('memory')) await memory(folder)
    if (values.only.includes('thumbnails')) await thumbnails()
  } finally {
    await echo.leave()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function requests(
  folder: string,
  echo: { readonly child: Child<EchoTasks>; readonly port: number },
): Promise<void> {
  const bytes = Number(values.bytes)
  console.log(`\nFiles of ${bytes} bytes over HTTPS, 16 connections\n`)
  const server = await fileServer(join(folder, 'server'))
  const rounds = Number(values.rounds)
  console.log(await measureRequests({ server, echo, bytes, rounds, seconds: Number(values.seconds) }))
  await server.child.leave()
}

/** One by itself, which speaks HTTPS. */
async function fileServer(folder: string): Promise<{ readonly child: Child<ServerTasks>; readonly port: number }> {
  const child = await Child.start<ServerTasks>('server', { worker })
  return { child, port: await child.ask('listen', { folder }) }
}

async function hops(folder: string, echo: Echo): Promise<void> {
  const bytes = Number(values.large)
  console.log(`\nA file of ${bytes} bytes through three nodes, and over HTTPS\n`)
  const network = await Child.start<NetworkTasks>('network', { worker })
  const { processes } = values
  const report = await network.ask('start', { folder: join(folder, 'network'), processes })
  const server = await fileServer(join(folder, 'direct'))
  console.log(await measureThreeHops({ report, network, server, echo, bytes, rounds: Number(values.rounds) }))
  await server.child.leave()
  await network.ask('stop', undefined)
  await network.leave()
}

async function memory(folder: string): Promise<void> {
  const bytes = Number(values.huge)
  console.log(`\nA file of ${bytes} bytes from one client to another\n`)
  const network = await Child.start<NetworkTasks>('network', { worker })
  const report = await network.ask('start', { folder: join(folder, 'memory'), processes: values.processes })
  console.log(await measureMemory({ report, folder: join(folder, 'people'), bytes, worker }))
  await network.ask('stop', undefined)
  await network.leave()
}

async function thumbnails(): Promise<void> {
  console.log('\nThumbnails of photos, in a worker of Chromium\n')
  console.log(await measureThumbnails(Number(values.rounds)))
}
