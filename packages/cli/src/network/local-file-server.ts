import { writeFileSync } from 'node:fs'
import { type FileLimits, FileServer } from '@sotto/files'
import { type SleepingClock } from '@sotto/node'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type LogOutput, type WriterThread } from '@sotto/server'
import { type Stoppable } from '../command.ts'
import { fileLimitGroups, loopbackFileLimits } from '../files/files-limits.ts'
import { ChildNode } from './child-node.ts'
import { fileServerFact } from './file-server-fact.ts'
import { type NetworkFolder } from './network-folder.ts'
import { type NetworkPlan } from './network-plan.ts'

/** How the file server of a local network runs. */
export interface LocalFileServerOptions {
  readonly folder: NetworkFolder
  readonly plan: Pick<NetworkPlan, 'fileServer'>
  /** In a process of its own. */
  readonly processes: boolean
  readonly limits?: FileLimits
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly writerThread: WriterThread
  readonly log?: LogOutput
}

const host = '127.0.0.1'

/** Makes it, and writes down for clients where it is going to be. */
export function createLocalFileServer(options: LocalFileServerOptions): Stoppable & { start(): Promise<void> } {
  const { folder, plan, processes, limits = loopbackFileLimits, clock, random, writerThread, log } = options
  const { keyPair, port } = plan.fileServer
  writeFileSync(folder.fileServer, `${JSON.stringify(fileServerFact(keyPair, port))}\n`, { mode: 0o600 })
  if (!processes) {
    const common = { folder: folder.files, listen: { host, port }, keyPair, limits, clock, random, writerThread }
    return new FileServer({ ...common, ...(log === undefined ? {} : { log }) })
  }
  const config = { data: folder.files, host, port, 'log-level': 'warn', ...fileLimitGroups.changed(limits) }
  writeFileSync(folder.filesConfig, `${JSON.stringify(config, undefined, 2)}\n`)
  return new ChildNode(folder.filesConfig, 'files')
}
