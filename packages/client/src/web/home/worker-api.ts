import { type AskOptions, type ClientApi, type WatchListener } from '../../channel/client-api.ts'
import { type TabRole } from '../tabs/tab-role.ts'
import { type HomeStatus } from './home-status.ts'

/** The query that tells a page which lock its worker holds for as long as it lives. */
export const workerLockQuery = 'worker.lock'

const statusQuery = 'home.status'

/** What a worker answers to: its home, wherever that is led, the part that its own tab has in it, and the name of its lock. */
export class WorkerApi implements ClientApi {
  readonly #home: ClientApi
  readonly #lock: string
  readonly #statusWatchers = new Set<() => void>()
  #role: HomeStatus['role'] = 'follows'

  constructor(home: ClientApi, lock: string) {
    this.#home = home
    this.#lock = lock
  }

  /** To be told of what this tab is. */
  setRole(role: TabRole): void {
    const before = this.#role
    this.#role = role === 'leading' ? 'leads' : 'follows'
    if (this.#role !== before) for (const tell of this.#statusWatchers) tell()
  }

  async command(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return this.#home.command(name, args, options)
  }

  async query(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    if (name === workerLockQuery) return this.#lock
    const answer = await this.#home.query(name, args, options)
    return name === statusQuery ? this.#withRole(answer) : answer
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    return name === statusQuery ? this.#watchStatus(args, listener) : this.#home.watch(name, args, listener)
  }

  /** Also a change of role is one of the status. */
  #watchStatus(args: unknown, listener: WatchListener): () => void {
    let last: { readonly status: unknown } | undefined
    const tell = (): void => {
      if (last !== undefined) listener.onResult(this.#withRole(last.status))
    }
    this.#statusWatchers.add(tell)
    const stop = this.#home.watch(statusQuery, args, {
      onResult: status => {
        last = { status }
        tell()
      },
      onError: error => listener.onError?.(error),
    })
    return () => {
      this.#statusWatchers.delete(tell)
      stop()
    }
  }

  /** The leader is the one who answers; here it counts what this tab is. */
  #withRole(status: unknown): HomeStatus {
    return { ...(status as HomeStatus), role: this.#role }
  }
}
