import { type AskOptions, type ClientApi, type WatchListener } from '../../channel/client-api.ts'

/** The query that tells a page which lock its worker holds for as long as it lives. */
export const workerLockQuery = 'worker.lock'

/** What a worker answers to: its home, wherever that is led, and the name of its lock. */
export class WorkerApi implements ClientApi {
  readonly #home: ClientApi
  readonly #lock: string

  constructor(home: ClientApi, lock: string) {
    this.#home = home
    this.#lock = lock
  }

  async command(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return this.#home.command(name, args, options)
  }

  async query(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return name === workerLockQuery ? this.#lock : this.#home.query(name, args, options)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    return this.#home.watch(name, args, listener)
  }
}
