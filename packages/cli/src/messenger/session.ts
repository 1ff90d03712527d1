import { type ClientApi, type Queries, TypedClient } from '@sotto/client'

type Args<N extends keyof Queries> = Parameters<Queries[N]>[0]
type Result<N extends keyof Queries> = ReturnType<Queries[N]>

/** What a session is made of. */
export interface SessionParts {
  readonly end: () => Promise<void>
  readonly ended?: AbortSignal
}

/** An account that is open, in this process or in another one. */
export class Session {
  readonly client: TypedClient
  readonly #end: () => Promise<void>

  /** Aborts when the account was locked by somebody else. */
  readonly ended: AbortSignal

  constructor(api: ClientApi, { end, ended }: SessionParts) {
    this.client = new TypedClient(api)
    this.ended = ended ?? new AbortController().signal
    this.#end = end
  }

  /** Resolves with the first answer that `is` accepts. Rejects when the signal aborts, or nothing can be asked any more. */
  async until<N extends keyof Queries>(
    name: N,
    args: Args<N>,
    is: (result: Result<N>) => boolean,
    signal: AbortSignal,
  ): Promise<Result<N>> {
    const { promise, resolve, reject } = Promise.withResolvers<Result<N>>()
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    const onResult = (result: unknown): void => {
      if (is(result as Result<N>)) resolve(result as Result<N>)
    }
    const stop = this.client.watch(name, args, { onResult, onError: reject })
    try {
      signal.throwIfAborted()
      return await promise
    } finally {
      stop()
      signal.removeEventListener('abort', abort)
    }
  }

  /** Lets go of the account. */
  async end(): Promise<void> {
    await this.#end()
  }
}
