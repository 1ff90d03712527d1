import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultFacts, EventLoopLoad, nodeIdentityOf, ServiceNode, systemSleepingClock } from '@sotto/node'
import { RegistryFileSource } from '@sotto/registry/node'
import {
  formatHelp,
  loadOrCreateKeyFile,
  Log,
  LogOutput,
  type NoFields,
  readConfig,
  type ValuesOf,
} from '@sotto/server'
import { type CommandPorts, type Stoppable } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import { limitSettings, limitsOf } from './limit-settings.ts'
import { nodeSettings } from './node-settings.ts'

const stopMs = 10_000

interface RegistryEvents {
  /** A new list was not taken; the old one stays in use. */
  readonly 'registry.refused': NoFields
}

/** The rows of settings for the help page, without the lines above them. */
export function settingsHelp(): string {
  return formatHelp(nodeSettings, { usage: '', summary: '' }).trimEnd().split('\n\n').at(-1) ?? ''
}

/** `sotto node`: see `commands.ts`. */
export async function runNode(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { action, values, print } = readConfig(
    { ...nodeSettings, ...limitSettings },
    { argv: args, env: ports.env, readFile: path => readFileSync(path, 'utf8') },
  )
  if (action === 'print-config') {
    ports.print(print())
    return 0
  }
  const { logLevel: level, logFormat: format } = values
  const log = new LogOutput({ level, format, clock: systemSleepingClock, write: ports.tell })
  return ports.serve(await start(values, log, ports), log)
}

async function start(
  values: ValuesOf<typeof nodeSettings>,
  log: LogOutput,
  { random, tell }: CommandPorts,
): Promise<Stoppable> {
  const clock = systemSleepingClock
  const folder = required('data', values.data)
  const path = required('registry', values.registry)
  if (values.trustedKeys.length === 0) throw new UsageError('--trusted-keys is missing.')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const identity = nodeIdentityOf(loadOrCreateKeyFile(join(folder, 'node.key'), random))
  const problems = new Log<RegistryEvents>(log)
  const policy = { trustedKeys: values.trustedKeys, allowLocal: values.allowLocal }
  const onProblem = (problem: unknown): void => problems.failure('registry.refused', problem)
  const source = await RegistryFileSource.start({ path, policy, clock, onProblem })
  if (source.directory.byId(identity.id) === undefined) {
    tell(`This node is not in the list yet: ${identity.id}\n`)
  }
  const load = new EventLoopLoad()
  load.start()
  const { host, port, adminHost, adminPort, allowedServers: allowed, ownAddresses } = values
  const config = {
    folder,
    listen: { host, port },
    ...(adminPort === 0 ? {} : { admin: { host: adminHost, port: adminPort } }),
    servers: { allowed, ownAddresses },
    gateways: values.gateways,
    facts: defaultFacts,
    limits: limitsOf(values),
    stopMs,
  }
  const { directory } = source
  const node = new ServiceNode({ config, identity, directory, clock, random, load, log, onFatal: endAtOnce })
  await node.start()
  return {
    stop: async deadlineMs => {
      await node.stop(deadlineMs)
      await source.stop()
      load.stop()
    },
  }
}

/** Nothing can be written any more: whoever watches over the process starts it again, and reads what is really there. */
function endAtOnce(): void {
  setImmediate(() => {
    throw new Error('the database has failed')
  })
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`)
  return value
}
