import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FileDirectory, openFileDirectory } from '@sotto/client/node'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { type NodeDirectory } from '@sotto/registry'
import { Child } from '../node/process/child.ts'
import { type NetworkTasks } from './network-role.ts'
import { type BenchOptions } from './options.ts'

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

interface Opened extends FileDirectory {
  readonly gateway: string
}

/** What the cases of one run share: a network in another process, and a folder that goes in the end. */
export class BenchRun {
  readonly options: BenchOptions
  readonly #folder = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
  #child: Child<NetworkTasks> | undefined
  #opened: Opened | undefined

  constructor(options: BenchOptions) {
    this.options = options
  }

  /** A folder of this run. */
  folder(name: string): string {
    return join(this.#folder, name)
  }

  /** The nodes of the network, which is started the first time. */
  async directory(): Promise<NodeDirectory> {
    return (await this.network()).directory
  }

  /** The same, with the origin of the gateway. */
  async network(): Promise<{ readonly directory: NodeDirectory; readonly gateway: string }> {
    this.#opened ??= await this.#open()
    return this.#opened
  }

  async end(): Promise<void> {
    await this.#opened?.stop()
    await this.#child?.ask('stop', undefined)
    await this.#child?.leave()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #open(): Promise<Opened> {
    this.#child = await Child.start<NetworkTasks>('network', { worker })
    const { processes } = this.options
    const { gateway, registry, signer } = await this.#child.ask('start', { folder: this.folder('network'), processes })
    const trustedKeys = [ed25519PublicKey(decodeHex(signer))]
    const onProblem = (problem: unknown): void => console.error(problem)
    const opened = await openFileDirectory({ path: registry, trustedKeys, allowLocal: true, onProblem })
    return { ...opened, gateway }
  }
}

/** One case: its tables. */
export interface BenchCase {
  readonly name: string
  readonly title: string
  readonly run: (bench: BenchRun) => Promise<string>
}
