import { connectWorker, type HomeClient } from '@sotto/client/web'
import workerUrl from '../worker.ts?worker&url'
import { scriptUrl } from './script-urls.ts'

/** What a page sees of its worker. */
export type ConnectionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly home: HomeClient }
  /** It cannot run here: `error` says why. */
  | { readonly kind: 'failed'; readonly error: unknown }

/** Waits before the worker is started anew, ms: growing, so that one which dies at once does not heat the device. */
const restartWaits = [0, 500, 2000, 10_000] as const

/** Starts the worker in which accounts live, and again when it dies. One for each page. */
export class Connection {
  readonly #listeners = new Set<() => void>()
  #state: ConnectionState = { kind: 'starting' }
  #deaths = 0

  constructor() {
    void this.#run()
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Told of each change; returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** After a failure: from the beginning. */
  readonly retry = (): void => {
    if (this.#state.kind === 'failed') void this.#run()
  }

  async #run(): Promise<void> {
    this.#set({ kind: 'starting' })
    const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'sotto' })
    const failed = new AbortController()
    worker.addEventListener('error', event => failed.abort(event))
    const { home, closed, close } = connectWorker(worker)
    const ended = AbortSignal.any([closed, failed.signal])
    try {
      await home.list()
    } catch (error) {
      close()
      worker.terminate()
      return this.#set({ kind: 'failed', error })
    }
    this.#set({ kind: 'ready', home })
    ended.addEventListener('abort', () => {
      close()
      worker.terminate()
      this.#restart()
    })
  }

  #restart(): void {
    const wait = restartWaits[Math.min(this.#deaths, restartWaits.length - 1)] ?? 0
    this.#deaths += 1
    this.#set({ kind: 'starting' })
    setTimeout(() => void this.#run(), wait)
  }

  #set(state: ConnectionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
