import { type AskOptions, type ClientApi } from './channel/client-api.ts'
import { type Commands, type Queries } from './features.ts'

/** The arguments of a command or query: none, or one object. */
type Args<F> = F extends (args: infer A) => unknown ? (unknown extends A ? [] : [args: A]) : []
type Result<F> = F extends (...args: never) => infer R ? Awaited<R> : never

/** Told of each new answer to a watched query, and of why there will be no more. */
export interface TypedListener<T> {
  onResult(value: T): void
  onError?(error: unknown): void
}

/** A client whose commands and queries are known to the type checker, wherever the client itself runs. */
export class TypedClient {
  readonly #api: ClientApi

  constructor(api: ClientApi) {
    this.#api = api
  }

  /** Changes something. Rejects with what the command throws; see `Commands`. */
  async command<K extends keyof Commands>(name: K, ...[args]: Args<Commands[K]>): Promise<Result<Commands[K]>> {
    // Who answers checks names and arguments; that results are what they are said to be is the business of its tables.
    return (await this.#api.command(name, args)) as Result<Commands[K]>
  }

  /** Asks something. */
  async query<K extends keyof Queries>(name: K, ...[args]: Args<Queries[K]>): Promise<Result<Queries[K]>> {
    return (await this.#api.query(name, args)) as Result<Queries[K]>
  }

  /** Answers now and whenever the answer changes; returns what ends it. */
  watch<K extends keyof Queries>(
    name: K,
    args: Args<Queries[K]>[0],
    listener: TypedListener<Result<Queries[K]>>,
  ): () => void {
    return this.#api.watch(name, args, {
      onResult: value => {
        listener.onResult(value as Result<Queries[K]>)
      },
      onError: error => listener.onError?.(error),
    })
  }

  /** A command that can be cancelled, for those that take long. */
  async cancellable<K extends keyof Commands>(
    name: K,
    args: Args<Commands[K]>[0],
    options: AskOptions,
  ): Promise<Result<Commands[K]>> {
    return (await this.#api.command(name, args, options)) as Result<Commands[K]>
  }
}
