import { type ClientApi } from '@sotto/client'
import { join } from 'node:path'
import { type LocalNetwork } from '../../packages/cli/src/network/local-network.ts'
import { type ReadyReport } from '../../packages/cli/src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../../packages/cli/test/network/test-network.ts'

/** Where one person's accounts live: a program of Node's, or a tab of a browser. */
export interface Place {
  /** Its home: see `HomeCommands`. Another one after each start. */
  readonly api: ClientApi
  /** Ends without a farewell. */
  kill(): Promise<void>
  /** Ends as a person ends it: the program is told to stop, the tab is closed. */
  leave(): Promise<void>
  /** Starts again with what is there, after `kill` or `leave`. */
  comeBack(): Promise<void>
}

/** People on one real network. */
export interface World<P extends Place = Place> {
  place(): Promise<P>
  /** Ends every place that there is. */
  clear(): Promise<void>
  /** Ends everything. */
  stop(): Promise<void>
}

/** A network of real nodes in this process. */
export interface TestNodes {
  readonly folder: string
  readonly report: ReadyReport
  stop(): Promise<void>
}

/** Starts one in a folder of its own. */
export async function startNodes(): Promise<TestNodes> {
  const { folder, remove } = temporaryFolder()
  const nodes: LocalNetwork = testNetwork(join(folder, 'network'))
  const report = await nodes.start()
  const stop = async (): Promise<void> => {
    await nodes.stop()
    remove()
  }
  return { folder, report, stop }
}
