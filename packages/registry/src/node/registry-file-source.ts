import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { StaticDirectory } from '../directory/static-directory.ts'
import { openRegistry, type RegistryPolicy, type VerifiedRegistry } from '../file/verify-registry.ts'
import { readRegistryFile } from './registry-file-store.ts'

/** Where a list lies and how it is watched. */
export interface RegistryFileOptions {
  readonly path: string
  readonly policy: RegistryPolicy
  readonly clock: { now(): number }
  /** Is told why a new file was not taken, or that a listener failed. The old list stays in use. */
  readonly onProblem: (problem: unknown) => void
  /** How often the file is looked at besides, for file systems that do not tell of changes. Default 5,000. */
  readonly pollMs?: number
}

/** A static directory that follows its file. Spec 60 §14. */
export class RegistryFileSource {
  readonly directory: StaticDirectory
  readonly #options: RegistryFileOptions
  #watcher: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #seen = ''
  #work: Promise<boolean> = Promise.resolve(false)

  private constructor(options: RegistryFileOptions, directory: StaticDirectory) {
    this.#options = options
    this.directory = directory
  }

  /**
   * Loads the list, then watches it until `stop`.
   * @throws {RegistryError} those of `openRegistry`
   * @throws {RegistryFileError} `registry-file.unreadable`
   */
  static async start(options: RegistryFileOptions): Promise<RegistryFileSource> {
    const source = new RegistryFileSource(options, new StaticDirectory(await load(options)))
    source.#watch()
    return source
  }

  /** Reads the file now. Resolves to whether another list is in use after that; problems go to `onProblem`. */
  async reload(): Promise<boolean> {
    this.#work = this.#work.then(async () => this.#reload())
    return this.#work
  }

  /** Ends the watching; what is being read is finished first. */
  async stop(): Promise<void> {
    this.#watcher?.close()
    clearInterval(this.#timer)
    await this.#work
  }

  async #reload(): Promise<boolean> {
    try {
      return this.directory.replace(await load(this.#options))
    } catch (problem) {
      this.#options.onProblem(problem)
      return false
    }
  }

  /** The folder is watched, not the file: an atomic writer puts another file in its place. */
  #watch(): void {
    const { path, pollMs = 5000, onProblem } = this.#options
    const name = basename(path)
    this.#watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) void this.reload()
    })
    this.#watcher.on('error', onProblem)
    this.#timer = setInterval(() => void this.#poll(), pollMs).unref()
  }

  async #poll(): Promise<void> {
    const seen = await stat(this.#options.path).then(
      ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
      () => '',
    )
    if (seen === this.#seen) return
    this.#seen = seen
    await this.reload()
  }
}

async function load({ path, policy, clock }: RegistryFileOptions): Promise<VerifiedRegistry> {
  return openRegistry(await readRegistryFile(path), policy, clock.now())
}
