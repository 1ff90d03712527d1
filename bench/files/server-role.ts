import { join } from 'node:path'
import { FileServer } from '@sotto/files'
import { systemSleepingClock } from '@sotto/node'
import { createCertificate, loadOrCreateKeyFile, systemRandom } from '@sotto/server'
import { mkdirSync } from 'node:fs'
import { loopbackFileLimits } from '../../packages/cli/src/files/files-limits.ts'

/** Nothing is refused for being too much. */
const limits = {
  ...loopbackFileLimits,
  clients: { putRate: 1e6, putBurst: 1e6, getRate: 1e6, getBurst: 1e6, maxClients: 10_000 },
}

/** Tasks of a file server that speaks HTTPS. */
export const serverTasks = {
  /** Answers the port. */
  listen: async ({ folder }: { readonly folder: string }): Promise<number> => {
    mkdirSync(folder, { recursive: true })
    const tls = createCertificate(systemSleepingClock.now(), systemRandom)
    const server = new FileServer({
      folder,
      listen: { host: '127.0.0.1', port: 0, tls },
      keyPair: loadOrCreateKeyFile(join(folder, 'files.key'), systemRandom),
      limits,
      clock: systemSleepingClock,
      random: systemRandom,
    })
    await server.start()
    return server.port
  },
}

/** Its type, for whoever directs it. */
export type ServerTasks = typeof serverTasks
