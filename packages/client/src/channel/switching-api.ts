import { type Clock } from '@sotto/network'
import { ChannelError } from './channel-error.ts'
import { type AskOptions, type ClientApi, type WatchListener } from './client-api.ts'

/** What changing between cores needs. */
export interface SwitchingApiOptions {
  readonly clock: Pick<Clock, 'sleep'>
  /** How long an ask may take, with all its repetitions and the waits for a core in between. Default 60,000. */
  readonly deadlineMs?: number
}

interface Watched {
  readonly name: string
  readonly args: unknown
  readonly listener: WatchListener
  stop: () => void
}

/**
 * One core after another behind the same face: where the leading tab dies, or the process that has the account, the next one
 * takes over. What was asked of a core that went away is asked of the next one again, commands too: they carry ids of their
 * caller's, so that a repetition is harmless. Watches go on.
 */
export class SwitchingApi implements ClientApi {
  readonly #options: SwitchingApiOptions
  readonly #watches = new Set<Watched>()
  #current: ClientApi | undefined
  #next = Promise.withResolvers<ClientApi>()

  constructor(options: SwitchingApiOptions) {
    this.#options = options
  }

  /** From now on this core is asked; `undefined` while there is none. */
  use(api: ClientApi | undefined): void {
    const waiting = this.#next
    this.#current = api
    for (const watched of this.#watches) this.#rewatch(watched)
    if (api === undefined) return
    this.#next = Promise.withResolvers()
    waiting.resolve(api)
  }

  /** @throws {ChannelError} `channel.timed-out` if no core answers in time, and whatever one answers with */
  async command(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#ask(async (api, signal) => api.command(name, args, { signal }), options.signal)
  }

  /** @throws {ChannelError} as `command` */
  async query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#ask(async (api, signal) => api.query(name, args, { signal }), options.signal)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    const watched: Watched = { name, args, listener, stop: () => {} }
    this.#watches.add(watched)
    this.#rewatch(watched)
    return () => {
      this.#watches.delete(watched)
      watched.stop()
    }
  }

  #rewatch(watched: Watched): void {
    watched.stop()
    watched.stop = () => {}
    const { name, args, listener } = watched
    const onError = (error: unknown): void => {
      // The core is gone: the next one goes on with it.
      if (isGone(error) || !this.#watches.delete(watched)) return
      listener.onError?.(error)
    }
    const stop = this.#current?.watch(name, args, { onResult: value => listener.onResult(value), onError })
    watched.stop = stop ?? watched.stop
  }

  async #ask(
    attempt: (api: ClientApi, signal: AbortSignal) => Promise<unknown>,
    given: AbortSignal | undefined,
  ): Promise<unknown> {
    given?.throwIfAborted()
    const late = new AbortController()
    const done = new AbortController()
    const signal = given === undefined ? late.signal : AbortSignal.any([given, late.signal])
    const expire = async (): Promise<void> => {
      await this.#options.clock.sleep(this.#options.deadlineMs ?? 60_000, done.signal)
      late.abort(new ChannelError('channel.timed-out'))
    }
    expire().catch(() => {})
    try {
      return await this.#attempts(attempt, signal)
    } finally {
      done.abort()
    }
  }

  async #attempts(
    attempt: (api: ClientApi, signal: AbortSignal) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<unknown> {
    let used: ClientApi | undefined
    for (;;) {
      const api = await this.#other(used, signal)
      try {
        return await untilAborted(attempt(api, signal), signal)
      } catch (error) {
        signal.throwIfAborted()
        if (!isGone(error)) throw error
        used = api
      }
    }
  }

  /** The core in use, as soon as it is not the one that went away. */
  async #other(used: ClientApi | undefined, signal: AbortSignal): Promise<ClientApi> {
    if (this.#current !== undefined && this.#current !== used) return this.#current
    return untilAborted(this.#next.promise, signal)
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ChannelError && error.code === 'channel.closed'
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
