import { readFileSync } from 'node:fs'
import { FolderAssets, Gateway, type GatewayOptions } from '@sotto/gateway'
import { encodeHex } from '@sotto/protocol/encoding'
import { readRegistryFile, RegistryFileSource } from '@sotto/registry/node'
import {
  type Certificate,
  formatHelp,
  loadOrCreateKeyFile,
  Log,
  LogOutput,
  type NoFields,
  readConfig,
  systemClock,
  type ValuesOf,
} from '@sotto/server'
import { type CommandPorts, type Stoppable } from '../command.ts'
import { readFileServerFile } from '../network/file-server-fact.ts'
import { readCertificate } from '../read-certificate.ts'
import { UsageError } from '../usage-error.ts'
import { gatewayLimitGroups } from './gateway-limits.ts'
import { gatewaySettings } from './gateway-settings.ts'

interface RegistryEvents {
  /** A new list was not taken; the old one stays in use. */
  readonly 'registry.refused': NoFields
}

type Values = ValuesOf<typeof gatewaySettings>

/** The rows of settings for the help page, without the lines above them. */
export function settingsHelp(): string {
  return formatHelp(gatewaySettings, { usage: '', summary: '' }).trimEnd().split('\n\n').at(-1) ?? ''
}

/** `sotto gateway`: see `commands.ts`. */
export async function runGateway(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { action, values, print } = readConfig(
    { ...gatewaySettings, ...gatewayLimitGroups.settings },
    { argv: args, env: ports.env, readFile: path => readFileSync(path, 'utf8') },
  )
  if (action === 'print-config') {
    ports.print(print())
    return 0
  }
  const { logLevel: level, logFormat: format } = values
  const log = new LogOutput({ level, format, clock: systemClock, write: ports.tell })
  return ports.serve(await start(values, log, ports), log)
}

async function start(values: Values, log: LogOutput, { random, tell }: CommandPorts): Promise<Stoppable> {
  const { registry: path, trustedKeys, allowLocal, keyFile } = values
  if (path === undefined || path === '') throw new UsageError('--registry is missing.')
  if (trustedKeys.length === 0) throw new UsageError('--trusted-keys is missing.')
  const tls = readCertificate(values)
  const assets = await loadApp(values)
  const key = keyFile === undefined ? undefined : loadOrCreateKeyFile(keyFile, random)
  const problems = new Log<RegistryEvents>(log)
  const onProblem = (problem: unknown): void => problems.failure('registry.refused', problem)
  const source = await RegistryFileSource.start({
    path,
    policy: { trustedKeys, allowLocal },
    clock: systemClock,
    onProblem,
  })
  const gateway = new Gateway({
    ...optionsOf(values, path, tls),
    ...(assets === undefined ? {} : { assets: assets.find }),
    ...fileServerOf(values),
    ...(key === undefined ? {} : { key }),
    directory: source.directory,
    clock: systemClock,
    random,
    log,
  })
  await gateway.start()
  if (key !== undefined && log.writes('info')) tell(`Nodes know this gateway by its key: ${encodeHex(key.publicKey)}\n`)
  return {
    stop: async deadlineMs => {
      await gateway.stop(deadlineMs)
      await source.stop()
    },
  }
}

type FixedOptions = Pick<GatewayOptions, 'listen' | 'admin' | 'published' | 'origins' | 'behindProxy' | 'limits'>

function optionsOf(values: Values, path: string, tls: Certificate | undefined): FixedOptions {
  const { host, port, adminHost, adminPort, origins, allowLocal, trustedKeys, behindProxy } = values
  const [localKey] = allowLocal ? trustedKeys : []
  return {
    listen: { host, port, ...(tls === undefined ? {} : { tls }) },
    ...(adminPort === 0 ? {} : { admin: { host: adminHost, port: adminPort } }),
    published: { read: async () => readRegistryFile(path), ...(localKey === undefined ? {} : { localKey }) },
    origins,
    behindProxy,
    limits: gatewayLimitGroups.read(values),
  }
}

/** @throws {AssetsError} if the folder holds no whole build */
async function loadApp({ app, appSignature }: Values): Promise<FolderAssets | undefined> {
  if (app === undefined) {
    if (appSignature !== undefined) throw new UsageError('--app-signature goes with --app.')
    return undefined
  }
  return FolderAssets.load(app, appSignature === undefined ? {} : { signature: readSignature(appSignature) })
}

function readSignature(path: string): Uint8Array {
  try {
    return Uint8Array.from(readFileSync(path))
  } catch (cause) {
    throw new UsageError('The file of --app-signature cannot be read.', { cause })
  }
}

/** For pages on this machine: see `LocalNetwork`. */
function fileServerOf({ fileServer: path }: Values): Pick<GatewayOptions, 'fileServer'> {
  if (path === undefined) return {}
  const fileServer = readFileServerFile(path)
  if (fileServer === undefined) throw new UsageError('The file of --file-server says of no file server.')
  return { fileServer }
}
