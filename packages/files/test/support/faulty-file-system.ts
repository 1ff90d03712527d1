import { type FileHandle } from 'node:fs/promises'
import { type FileSystem, systemFileSystem } from '../../src/storage/file-system.ts'

/** What happens instead of one step: an error of this code, or nothing any more, as when the power goes. */
export type Fault = 'ENOSPC' | 'EIO' | 'power'

/** The machine's disk, on which one step goes wrong. Steps are counted from 1 once it is armed. */
export class FaultyFileSystem {
  #step = 0
  #at = 0
  #fault: Fault = 'EIO'
  #lastName = ''
  readonly #open = new Set<FileHandle>()
  readonly #frozen = Promise.withResolvers<void>()

  /** Ends when the power has gone. */
  get frozen(): Promise<void> {
    return this.#frozen.promise
  }

  /** How many steps there were since it was armed, and what the last one was. */
  get steps(): number {
    return this.#step
  }

  get lastStep(): string {
    return this.#lastName
  }

  /** From now on the `at`th step has this fault; 0: none has. */
  arm(at: number, fault: Fault = 'EIO'): void {
    this.#step = 0
    this.#at = at
    this.#fault = fault
  }

  /** As the server sees it. */
  readonly port: FileSystem = {
    mkdir: (async (...args: Parameters<FileSystem['mkdir']>) =>
      this.#run('mkdir', async () => systemFileSystem.mkdir(...args))) as FileSystem['mkdir'],
    open: async (...args) => this.#run('open', async () => this.#wrap(await systemFileSystem.open(...args))),
    readdir: async path => this.#run('readdir', async () => systemFileSystem.readdir(path)),
    readFile: async path => this.#run('readFile', async () => systemFileSystem.readFile(path)),
    rename: async (from, to) => this.#run('rename', async () => systemFileSystem.rename(from, to)),
    stat: async path => this.#run('stat', async () => systemFileSystem.stat(path)),
    statfs: async path => this.#run('statfs', async () => systemFileSystem.statfs(path)),
    unlink: async path => this.#run('unlink', async () => systemFileSystem.unlink(path)),
  }

  /** What a process that has lost its power leaves to the system. */
  async closeAll(): Promise<void> {
    for (const file of this.#open) await file.close()
    this.#open.clear()
  }

  #wrap(file: FileHandle): FileHandle {
    this.#open.add(file)
    const wrapped = {
      write: async (bytes: Uint8Array, at: number, length: number) =>
        // Only half of it, as disks may.
        this.#run('write', async () => file.write(bytes, at, Math.ceil(length / 2))),
      sync: async () => this.#run('sync', async () => file.sync()),
      read: file.read.bind(file),
      // A file is closed whatever happens: this process lives on.
      close: async () => {
        this.#open.delete(file)
        await file.close()
        await this.#run('close', async () => undefined)
      },
    }
    return wrapped as unknown as FileHandle
  }

  async #run<T>(name: string, run: () => Promise<T>): Promise<T> {
    this.#step += 1
    this.#lastName = name
    if (this.#step !== this.#at) return run()
    if (this.#fault === 'power') {
      this.#frozen.resolve()
      return new Promise<T>(() => {})
    }
    throw Object.assign(new Error('a fault'), { code: this.#fault })
  }
}
