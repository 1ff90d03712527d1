import { type NetworkOptions } from './network/running-network.ts'
import { readOptions, usage, type BenchOptions, type Part } from './options.ts'
import { benchAlone } from './parts/alone.ts'
import { benchHeld } from './parts/held.ts'
import { benchMemory } from './parts/memory.ts'
import { benchRequests } from './parts/requests.ts'
import { benchRestart } from './parts/restart.ts'
import { slowSyncs } from './slow-syncs.ts'

const titles: Readonly<Record<Part, string>> = {
  requests: 'Requests: 16 clients, three nodes in one swarm, messages of 400 bytes',
  alone: 'Requests: client and three nodes in one thread, the best of many short rounds',
  held: 'From a store at one member to the answer that another member held',
  memory: 'Memory',
  restart: 'Restart',
}

const runs: Readonly<Record<Part, (options: BenchOptions, network: NetworkOptions) => Promise<string>>> = {
  requests: benchRequests,
  alone: benchAlone,
  held: benchHeld,
  memory: benchMemory,
  restart: benchRestart,
}

const options = readOptions(process.argv.slice(2))
if (options.help) process.stdout.write(usage)
else await main()

async function main(): Promise<void> {
  const environment = slowSyncs(options.fsyncMs)
  if (environment === undefined) return void process.stdout.write('no C compiler was found: syncs cannot be slowed\n')
  const network = { nodes: 3, processes: options.processes, links: options.links, environment }
  for (const part of options.parts) {
    process.stdout.write(`\n## ${titles[part]}\n\n`)
    process.stdout.write(`${await runs[part](options, network)}\n`)
  }
}
