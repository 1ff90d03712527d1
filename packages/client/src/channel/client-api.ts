/** Options of one question. */
export interface AskOptions {
  readonly signal?: AbortSignal
}

/** Told of each new result of a watched query, and of why there will be no more. */
export interface WatchListener {
  onResult(value: unknown): void
  /** The query cannot be answered; nothing follows. */
  onError?(error: unknown): void
}

/**
 * What a messenger core answers to, by name, without regard to where it runs: in this thread, in a worker, in another tab or
 * in another process. The callee checks names and arguments, as they may come from anywhere. Values are plain data as
 * `Channel` carries it.
 */
export interface ClientApi {
  /** Changes something. Commands carry ids made by their caller, so that one may be repeated without harm. */
  command(name: string, args: unknown, options?: AskOptions): Promise<unknown>
  query(name: string, args: unknown, options?: AskOptions): Promise<unknown>
  /** Answers now and again whenever the answer changes; returns what ends it. Only the newest result counts. */
  watch(name: string, args: unknown, listener: WatchListener): () => void
}
