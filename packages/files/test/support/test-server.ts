import { setTimeout as wait } from 'node:timers/promises'
import { type FileClock, type FileLimits, FileServer, type FileServerOptions, productionLimits } from '@sotto/files'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { systemClock, systemRandom } from '@sotto/server'
import { onTestFinished } from 'vitest'
import { writerThread } from './keep-thread.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Of every server of the tests. */
export const keyPair = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(5)))

/** The machine's own time. */
export const realClock: FileClock = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal })
  },
}

/** Limits of production, with some that are others. Room does not depend on how full this machine's disk is. */
export function limitsWith(
  changes: { readonly [Group in keyof FileLimits]?: Partial<FileLimits[Group]> } = {},
): FileLimits {
  const { listener, keeping, work, clients, cleaning } = productionLimits
  return {
    listener: { ...listener, ...changes.listener },
    keeping: { ...keeping, minFreeBytes: 0, ...changes.keeping },
    work: { ...work, ...changes.work },
    clients: { ...clients, putBurst: 10_000, getBurst: 10_000, ...changes.clients },
    cleaning: { ...cleaning, ...changes.cleaning },
  }
}

/** What a running server of a test is. */
export interface TestServer {
  readonly server: FileServer
  readonly url: string
  readonly port: number
  readonly folder: string
}

/** A file server on 127.0.0.1 that stops with the test. */
export async function startServer(options: Partial<FileServerOptions> = {}): Promise<TestServer> {
  const folder = options.folder ?? temporaryFolder()
  const server = new FileServer({
    folder,
    listen: { host: '127.0.0.1', port: 0 },
    admin: { host: '127.0.0.1', port: 0 },
    keyPair,
    limits: limitsWith(),
    clock: realClock,
    random: systemRandom,
    writerThread,
    ...options,
  })
  await server.start()
  onTestFinished(async () => server.stop(0))
  return { server, folder, port: server.port, url: `http://127.0.0.1:${server.port}` }
}

/** What a metric says now; 0 if there is none. */
export async function metricOf(server: FileServer, line: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server.adminPort}/metrics`)).text()
  const found = text.split('\n').find(each => each.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1) ?? 0)
}
