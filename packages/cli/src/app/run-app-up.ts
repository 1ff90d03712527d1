import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { platform } from 'node:process'
import { buildKeyFingerprint, ensureApp } from '@sotto/app/build'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { systemSleepingClock } from '@sotto/node'
import { LogOutput } from '@sotto/server'
import { type CommandPorts, type Stoppable } from '../command.ts'
import { loopbackGatewayLimits } from '../gateway/gateway-limits.ts'
import { messengerHome } from '../messenger/messenger-home.ts'
import { LocalNetwork } from '../network/local-network.ts'
import { loopbackLimits } from '../network/loopback-limits.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { buildWork } from './app-error.ts'
import { type ChosenPort, choosePort } from './choose-port.ts'
import { startEcho } from './echo-account.ts'
import { openBrowser } from './open-browser.ts'
import { serveApp, type ServedApp } from './served-app.ts'

const host = '127.0.0.1'
/** Ctrl-C is not to be waited for: what was accepted is on disk. */
const stopMs = 1500
const gatewayLimits = {
  ...loopbackGatewayLimits,
  sockets: { ...loopbackGatewayLimits.sockets, drainMs: 300 },
}

/** `sotto app up`: see `app-up.ts`. */
export async function runAppUp(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, {
    dir: { type: 'string' },
    port: { type: 'string' },
    app: { type: 'string' },
    fresh: { type: 'boolean' },
    'no-open': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const folder = values.dir ?? join(messengerHome(undefined, ports.env), 'app')
  const asked = portOf(values.port)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { random, tell } = ports
  const onBuild = (): void => tell('Building the app …\n')
  const built = values.app ?? (await buildWork(ensureApp({ onBuild }), tell))
  const app = await serveApp(built, folder, { random, now: () => systemSleepingClock.now() })
  const chosen = await choosePort(folder, asked, host)
  tell('Starting twelve nodes …\n')
  const log = new LogOutput({ level: 'warn', format: 'human', clock: systemSleepingClock, write: tell })
  const parts = new Parts({ folder, app, port: chosen.port, fresh: values.fresh === true, log, ports })
  const echo = await parts.start()
  const ready = await reportOf(folder, app, chosen, echo)
  if (values.json === true) ports.print(`${JSON.stringify(ready)}\n`)
  else {
    ports.print(formatReady(ready, chosen))
    if (values['no-open'] !== true) openBrowser(ready.first, ports.env, platform)
  }
  return ports.serve(parts, log)
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port === 0 || port > 65_535) throw new UsageError('--port takes a number from 1 to 65535.')
  return port
}

interface PartsOptions {
  readonly folder: string
  readonly app: ServedApp
  readonly port: number
  readonly fresh: boolean
  readonly log: LogOutput
  readonly ports: CommandPorts
}

/** The network and Echo: what starts and stops together. */
class Parts implements Stoppable {
  readonly #options: PartsOptions
  readonly #network: LocalNetwork
  #home: MessengerHome | undefined
  #echo: RunningAccount | undefined

  constructor(options: PartsOptions) {
    const { folder, app, port, fresh, log, ports } = options
    this.#options = options
    this.#network = new LocalNetwork({
      folder: join(folder, 'network'),
      fresh,
      limits: loopbackLimits,
      gatewayLimits,
      gatewayPort: port,
      app: async () => app,
      suggestions: () => (this.#echo === undefined ? [] : [{ id: this.#echo.accountId, name: 'Echo' }]),
      clock: systemSleepingClock,
      random: ports.random,
      log,
    })
  }

  async start(): Promise<RunningAccount> {
    const people = join(this.#options.folder, 'people')
    const { files, registry, signer } = await this.#network.start()
    if (this.#options.fresh) await rm(people, { recursive: true, force: true })
    const network = signedNetwork(registry, signer, { isLocal: true })
    this.#home = new MessengerHome({ folder: people, network, fileServer: files })
    this.#echo = await startEcho(this.#home)
    return this.#echo
  }

  async stop(): Promise<void> {
    await Promise.all([this.#home?.stop(), this.#network.stop(stopMs)])
  }
}

/** What `--json` prints. */
interface Ready {
  readonly first: string
  readonly second: string
  readonly echo: string
  /** Of the key that signed the app. */
  readonly key: string
  readonly folder: string
}

async function reportOf(
  folder: string,
  app: ServedApp,
  { port }: ChosenPort,
  { accountId }: RunningAccount,
): Promise<Ready> {
  const [first, second] = [`http://localhost:${port}`, `http://${host}:${port}`]
  return { first, second, echo: accountId, key: await buildKeyFingerprint(app.key), folder }
}

function formatReady({ first, second, echo, folder }: Ready, { last }: ChosenPort): string {
  const moved = last === undefined ? '' : `Port ${last} is taken, where the accounts of the last time are.\n\n`
  return `
Sotto runs on this machine, with a network of its own. Open it at

  ${first}    for the first person
  ${second}    for a second one: to your browser this is another place, with accounts of its own

${moved}Nobody there yet? Echo answers whatever you write: ${echo}
Ctrl-C ends it. Everything is kept for the next time, in ${folder}
`
}
