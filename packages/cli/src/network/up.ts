import {
  defaultClientLimits,
  productionLimits,
  productionSwarmLimits,
  systemSleepingClock,
  type NodeLimits,
} from '@sotto/node'
import { LogOutput, logLevels, type LogLevel } from '@sotto/server'
import { type Command, type CommandPorts } from '../command.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { LocalNetwork } from './local-network.ts'
import { formatReport } from './ready-report.ts'

/** `sotto network up` */
export const networkUp: Command = {
  name: 'network up',
  synopsis: '--dir DIR [--nodes N] [--swarms N] [--base-port PORT] [--fresh] [--processes] [--json]',
  summary: 'Runs a whole network of service nodes on this machine',
  help: `Makes the keys of the nodes and the signed list of them, starts the nodes and a seed on 127.0.0.1, and prints where
they are. Runs until it is interrupted, or until \`sotto network down\`. What was stored is still there the next time.

  --dir DIR            where keys, list and data are kept
  --nodes N            how many nodes; as the last time, or 12
  --swarms N           how many swarms; as the last time, or 2
  --base-port PORT     the first of their ports; 0 chooses free ones. As the last time, or free ones
  --fresh              deletes what the last network left
  --processes          gives each node its own process, and starts those again that fall
  --production-limits  holds every client to the limits of a node on the internet. Here all have the same address, so
                       without it clients may ask a hundred times as much
  --log-level LEVEL    error, warn, info, debug or trace, to standard error; default warn
  --json               prints one line when all is ready:
                       {"nodes": [{"ed25519", "x25519", "ip", "httpsPort", "swarm"}…], "seed", "registry", …}`,
  run: runUp,
}

async function runUp(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, {
    dir: { type: 'string' },
    nodes: { type: 'string' },
    swarms: { type: 'string' },
    'base-port': { type: 'string' },
    fresh: { type: 'boolean' },
    processes: { type: 'boolean' },
    'production-limits': { type: 'boolean' },
    'log-level': { type: 'string' },
    json: { type: 'boolean' },
  })
  const folder = requireFolder(values.dir)
  const shape = {
    ...optionalNumber('nodes', values.nodes),
    ...optionalNumber('swarms', values.swarms),
    ...optionalNumber('basePort', values['base-port'], '--base-port'),
  }
  const down = new AbortController()
  const log = logTo(ports.tell, values['log-level'])
  const network = new LocalNetwork({
    ...shape,
    folder,
    fresh: values.fresh === true,
    processes: values.processes === true,
    limits: values['production-limits'] === true ? productionLimits : loopbackLimits,
    clock: systemSleepingClock,
    random: ports.random,
    log,
    onDown: () => down.abort(),
  })
  const report = await network.start()
  ports.print(values.json === true ? `${JSON.stringify(report)}\n` : `${formatReport(report)}\n`)
  if (values.json !== true) ports.tell('The network runs. Ctrl-C ends it.\n')
  return ports.serve(network, log, down.signal)
}

/**
 * On loopback everybody comes from one address. And all processors may be busy with something else, so members that are a
 * little late are waited for: who tries the network out wants to see the whole swarm confirm.
 */
export const loopbackLimits: NodeLimits = {
  ...productionLimits,
  swarm: { ...productionSwarmLimits, quorumGraceMs: 1000 },
  listener: { maxConnectionsPerClient: 20_000 },
  clients: {
    ...defaultClientLimits,
    rpcRate: 100 * defaultClientLimits.rpcRate,
    rpcBurst: 100 * defaultClientLimits.rpcBurst,
    onionRate: 1000 * defaultClientLimits.onionRate,
    onionBurst: 100 * defaultClientLimits.onionBurst,
    onionBytesRate: 100 * defaultClientLimits.onionBytesRate,
    onionBytesBurst: 100 * defaultClientLimits.onionBytesBurst,
    maxOnionsInFlight: 32_768,
  },
}

/**
 * The folder of a network.
 * @throws {UsageError} if it is not given
 */
export function requireFolder(folder: string | undefined): string {
  if (folder === undefined || folder === '') throw new UsageError('--dir is missing.')
  return folder
}

function optionalNumber<Name extends string>(
  name: Name,
  text: string | undefined,
  option = `--${name}`,
): Partial<Record<Name, number>> {
  if (text === undefined) return {}
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`${option} takes a number.`)
  return { [name]: Number(text) } as Partial<Record<Name, number>>
}

function logTo(write: (line: string) => void, text = 'warn'): LogOutput {
  const level = logLevels.find((each): each is LogLevel => each === text)
  if (level === undefined) throw new UsageError(`--log-level is one of: ${logLevels.join(', ')}.`)
  return new LogOutput({ level, format: 'human', clock: systemSleepingClock, write })
}
