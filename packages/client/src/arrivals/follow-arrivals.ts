import { type TypedClient } from '../typed-client.ts'
import { type Arrival } from './arrivals-feature.ts'

/** What is done with each message. It is acknowledged when this is over, and comes again if the program ends before that. */
export type OnArrival = (arrival: Arrival) => void | Promise<void>

const BATCH = 30

/**
 * Calls back with each message from others that this reader has not acknowledged, one after the other in the order in which they
 * came, until the returned function is called. `reader` is as for `arrivals.list`. A callback that throws ends it: nothing after
 * that message is taken, and `onError` is told.
 */
export function followArrivals(
  client: TypedClient,
  reader: string,
  onArrival: OnArrival,
  onError: (error: unknown) => void,
): () => void {
  const following = new Following(client, reader, onArrival, onError)
  following.start()
  return () => following.stop()
}

class Following {
  readonly #client: TypedClient
  readonly #reader: string
  readonly #onArrival: OnArrival
  readonly #onError: (error: unknown) => void
  #newest: readonly Arrival[] = []
  #done = 0
  #isWorking = false
  #isStopped = false
  #endWatch: () => void = () => undefined

  constructor(client: TypedClient, reader: string, onArrival: OnArrival, onError: (error: unknown) => void) {
    this.#client = client
    this.#reader = reader
    this.#onArrival = onArrival
    this.#onError = onError
  }

  start(): void {
    const onResult = (arrivals: readonly Arrival[]): void => {
      this.#newest = arrivals
      void this.#work()
    }
    const onError = (error: unknown): void => this.#fail(error)
    this.#endWatch = this.#client.watch('arrivals.list', { reader: this.#reader, limit: BATCH }, { onResult, onError })
    // Where the first answer came at once, there was nothing to end yet.
    if (this.#isStopped) this.#endWatch()
  }

  stop(): void {
    this.#isStopped = true
    this.#endWatch()
  }

  /** One at a time, however often the list changes meanwhile. */
  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        await this.#onArrival(next)
        this.#done = next.id
        await this.#client.command('arrivals.acknowledge', { reader: this.#reader, upTo: next.id })
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#isWorking = false
    }
  }

  #next(): Arrival | undefined {
    return this.#isStopped ? undefined : this.#newest.find(({ id }) => id > this.#done)
  }

  #fail(error: unknown): void {
    if (this.#isStopped) return
    this.stop()
    this.#onError(error)
  }
}
