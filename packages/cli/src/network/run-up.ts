import { productionLimits as productionFileLimits } from '@sotto/files'
import { productionLimits, systemSleepingClock } from '@sotto/node'
import { LogOutput, logLevels, type LogLevel } from '@sotto/server'
import { chosenApp } from '../app/chosen-app.ts'
import { type CommandPorts } from '../command.ts'
import { loopbackGatewayLimits } from '../gateway/gateway-limits.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { LocalNetwork } from './local-network.ts'
import { loopbackLimits } from './loopback-limits.ts'
import { formatReport } from './ready-report.ts'
import { chosenFolder } from './chosen-folder.ts'

/** `sotto network up`: see `commands.ts`. */
export async function runUp(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, {
    dir: { type: 'string' },
    nodes: { type: 'string' },
    swarms: { type: 'string' },
    'base-port': { type: 'string' },
    fresh: { type: 'boolean' },
    processes: { type: 'boolean' },
    'production-limits': { type: 'boolean' },
    app: { type: 'string' },
    'log-level': { type: 'string' },
    json: { type: 'boolean' },
  })
  const folder = chosenFolder(values.dir, ports.env)
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
    app: async () => chosenApp(values.app, folder, ports),
    fresh: values.fresh === true,
    processes: values.processes === true,
    limits: values['production-limits'] === true ? productionLimits : loopbackLimits,
    ...(values['production-limits'] === true
      ? { fileLimits: productionFileLimits }
      : { gatewayLimits: loopbackGatewayLimits }),
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
