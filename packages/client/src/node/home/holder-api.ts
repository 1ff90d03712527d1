import { type AskOptions, type ClientApi, type WatchListener } from '../../channel/client-api.ts'

/**
 * What other processes of the user can ask of the one that has an account open: everything that the account answers to, and
 * `holder.lock`, after which that process lets go of it.
 */
export class HolderApi implements ClientApi {
  readonly #account: ClientApi
  readonly #lock: () => void

  constructor(account: ClientApi, lock: () => void) {
    this.#account = account
    this.#lock = lock
  }

  /** The answer to `holder.lock` may be cut off by what it does. */
  async command(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    if (name !== 'holder.lock') return this.#account.command(name, args, options)
    // Not before the answer is on its way.
    setImmediate(this.#lock)
    return undefined
  }

  async query(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return this.#account.query(name, args, options)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    return this.#account.watch(name, args, listener)
  }
}
