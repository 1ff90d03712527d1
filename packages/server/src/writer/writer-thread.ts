import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { WriterHostMessage, WriterStart } from './writer-messages.ts'

/**
 * A thread in which databases are written. A server has one of its own for its database; many servers in one process can
 * share one, because a thread costs some 40 MB and half a second. Ends by itself when the last database is closed.
 */
export class WriterThread {
  readonly #failures = new Set<(cause: unknown) => void>()
  #worker: Worker | undefined
  #users = 0

  /** Gives a database to the thread, which is started if it does not run. `onFailure` hears why it ended. */
  open(start: WriterStart, onFailure: (cause: unknown) => void): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.#failures.add(onFailure)
    this.#users += 1
    this.#running().postMessage({ start, port: port2 } satisfies WriterHostMessage, [port2])
    return port1
  }

  /** A database is closed. To be called once for each `open`, with the same function. */
  async release(onFailure: (cause: unknown) => void): Promise<void> {
    if (!this.#failures.delete(onFailure)) return
    this.#users -= 1
    if (this.#users > 0) return
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL('./writer-host.ts', import.meta.url))
    const fail = (cause: unknown): void => {
      if (this.#worker === worker) this.#worker = undefined
      for (const tell of this.#failures) tell(cause)
    }
    worker.on('error', fail)
    worker.on('exit', () => {
      if (this.#worker === worker) fail(undefined)
    })
    this.#worker = worker
    return worker
  }
}
