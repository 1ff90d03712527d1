import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileServer, type FileServerOptions, type FileStorage, S3Storage } from '@sotto/files'
import { systemSleepingClock } from '@sotto/node'
import { encodeHex } from '@sotto/protocol/encoding'
import { formatHelp, loadOrCreateKeyFile, LogOutput, readConfig, type ValuesOf } from '@sotto/server'
import { type CommandPorts, type Stoppable } from '../command.ts'
import { readCertificate } from '../read-certificate.ts'
import { UsageError } from '../usage-error.ts'
import { fileLimitGroups } from './files-limits.ts'
import { filesSettings } from './files-settings.ts'

type Values = ValuesOf<typeof filesSettings>

/** The rows of settings for the help page, without the lines above them. */
export function settingsHelp(): string {
  return formatHelp(filesSettings, { usage: '', summary: '' }).trimEnd().split('\n\n').at(-1) ?? ''
}

/** `sotto files`: see `commands.ts`. */
export async function runFiles(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { action, values, print } = readConfig(
    { ...filesSettings, ...fileLimitGroups.settings },
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

async function start(values: Values, log: LogOutput, { random, tell }: CommandPorts): Promise<Stoppable> {
  const { data: folder } = values
  if (folder === undefined || folder === '') throw new UsageError('--data is missing.')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keyPair = loadOrCreateKeyFile(join(folder, 'files.key'), random)
  const server = new FileServer({
    ...optionsOf(values, folder),
    keyPair,
    clock: systemSleepingClock,
    random,
    log,
    onFatal: endAtOnce,
  })
  await server.start()
  if (log.writes('info')) tell(`Clients know this server by its key: ${encodeHex(keyPair.publicKey)}\n`)
  return server
}

type FixedOptions = Pick<FileServerOptions, 'folder' | 'listen' | 'admin' | 'ids' | 'numeric' | 'storage' | 'limits'>

function optionsOf(values: Values, folder: string): FixedOptions {
  const { host, port, adminHost, adminPort, ids, numericFixedBits: fixedBits, numericPrefix: prefix } = values
  const tls = readCertificate(values)
  if (prefix >= 2 ** fixedBits) throw new UsageError('--numeric-prefix has more bits than --numeric-fixed-bits.')
  const storage = storageOf(values)
  return {
    folder,
    listen: { host, port, ...(tls === undefined ? {} : { tls }) },
    ...(adminPort === 0 ? {} : { admin: { host: adminHost, port: adminPort } }),
    ids,
    numeric: { fixedBits, prefix },
    ...(storage === undefined ? {} : { storage }),
    limits: fileLimitGroups.read(values),
  }
}

function storageOf(values: Values): FileStorage | undefined {
  if (values.storage === 'folder') return undefined
  const { s3Endpoint, s3Bucket, s3Region: region, s3Prefix: prefix, s3AccessKey, s3SecretKey } = values
  if (s3SecretKey === undefined) throw new UsageError('--s3-secret-key is missing.')
  return new S3Storage({
    endpoint: required('s3-endpoint', s3Endpoint),
    bucket: required('s3-bucket', s3Bucket),
    region,
    prefix,
    accessKey: required('s3-access-key', s3AccessKey),
    secretKey: s3SecretKey,
    timeoutMs: values.s3TimeoutMs,
  })
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`--${name} is missing.`)
  return value
}

/** Nothing can be written any more: whoever watches over the process starts it again, and reads what is really there. */
function endAtOnce(): void {
  setImmediate(() => {
    throw new Error('the disk has failed')
  })
}
