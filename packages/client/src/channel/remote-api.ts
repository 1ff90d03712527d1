import { type Clock } from '@sotto/network'
import { ChannelError, type ChannelErrorCode } from './channel-error.ts'
import { type Channel } from './channel.ts'
import { type AskOptions, type ClientApi, type WatchListener } from './client-api.ts'
import { type AnswerFrame, type AskFrame, type AskId, channelVersion, parseAnswerFrame } from './frames.ts'
import { RemoteError } from './remote-error.ts'

/** What asking over a channel needs. */
export interface RemoteApiOptions {
  readonly clock: Pick<Clock, 'sleep'>
  /** How long one answer may take. Default 60,000. */
  readonly deadlineMs?: number
  /** How long the other side may take to greet. Default 10,000. */
  readonly greetingMs?: number
}

interface Ask {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** A messenger core at the other end of a channel. Once the channel closes, everything rejects with `channel.closed`. */
export class RemoteApi implements ClientApi {
  readonly #channel: Channel
  readonly #options: RemoteApiOptions
  readonly #asks = new Map<AskId, Ask>()
  readonly #watches = new Map<AskId, WatchListener>()
  readonly #greeted = new AbortController()
  /** What waits for the greeting: a worker that is still loading would miss it. */
  #unsent: AskFrame[] = []
  #lastId = 0
  #end: ChannelError | undefined

  constructor(channel: Channel, options: RemoteApiOptions) {
    this.#channel = channel
    this.#options = options
    channel.onClose(() => this.#close('channel.closed'))
    channel.onFrame(frame => this.#take(parseAnswerFrame(frame)))
    void this.#awaitGreeting()
  }

  /** Why nothing can be asked any more. */
  get end(): ChannelError | undefined {
    return this.#end
  }

  /**
   * @throws {RemoteError} whatever the core answered with
   * @throws {ChannelError} `channel.closed`, `channel.timed-out`, `channel.other-version`, `channel.bad-frame`,
   * `channel.bad-value`, `channel.too-large`; the signal's reason once that aborts
   */
  async command(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#ask('command', name, args, options.signal)
  }

  /** @throws {RemoteError} @throws {ChannelError} as `command` */
  async query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#ask('query', name, args, options.signal)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    const id = this.#nextId()
    if (this.#end !== undefined) {
      listener.onError?.(this.#end)
      return () => {}
    }
    this.#watches.set(id, listener)
    try {
      this.#send({ kind: 'watch', id, name, args })
    } catch (error) {
      this.#error(id, error)
    }
    return () => {
      if (this.#watches.delete(id)) this.#send({ kind: 'cancel', id })
    }
  }

  /** Ends the channel. */
  close(): void {
    this.#channel.close()
    this.#close('channel.closed')
  }

  async #ask(
    kind: 'command' | 'query',
    name: string,
    args: unknown,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    signal?.throwIfAborted()
    if (this.#end !== undefined) throw this.#end
    const id = this.#nextId()
    const done = new AbortController()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#asks.set(id, { resolve, reject })
    const giveUp = (error: unknown): void => {
      if (this.#asks.delete(id)) this.#send({ kind: 'cancel', id })
      reject(error)
    }
    const abort = (): void => giveUp(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    void this.#expire(done.signal, giveUp)
    try {
      this.#send({ kind, id, name, args })
      return await promise
    } finally {
      this.#asks.delete(id)
      done.abort()
      signal?.removeEventListener('abort', abort)
    }
  }

  async #expire(done: AbortSignal, giveUp: (error: unknown) => void): Promise<void> {
    if (await this.#passes(this.#options.deadlineMs ?? 60_000, done)) giveUp(new ChannelError('channel.timed-out'))
  }

  async #awaitGreeting(): Promise<void> {
    if (!(await this.#passes(this.#options.greetingMs ?? 10_000, this.#greeted.signal))) return
    this.#channel.close()
    this.#close('channel.timed-out')
  }

  /** Whether so much time passes before the signal aborts. */
  async #passes(ms: number, signal: AbortSignal): Promise<boolean> {
    return this.#options.clock.sleep(ms, signal).then(
      () => !signal.aborted,
      () => false,
    )
  }

  #take(frame: AnswerFrame | undefined): void {
    if (this.#end !== undefined) return
    if (frame === undefined) return this.#refuse('channel.bad-frame')
    if (frame.kind === 'hello') {
      if (frame.version !== channelVersion) return this.#refuse('channel.other-version')
      return this.#greet()
    }
    if (!this.#greeted.signal.aborted) return this.#refuse('channel.bad-frame')
    if (frame.kind === 'result') return this.#result(frame.id, frame.value)
    return this.#error(frame.id, new RemoteError(frame.code, frame.detail, frame.sentence))
  }

  /** The other side listens now. */
  #greet(): void {
    if (this.#greeted.signal.aborted) return
    this.#greeted.abort()
    this.#channel.send({ kind: 'hello', version: channelVersion } satisfies AskFrame)
    const unsent = this.#unsent
    this.#unsent = []
    for (const frame of unsent) this.#sendLate(frame)
  }

  #sendLate(frame: AskFrame): void {
    try {
      this.#send(frame)
    } catch (error) {
      if ('id' in frame) this.#error(frame.id, error)
    }
  }

  #result(id: AskId, value: unknown): void {
    this.#asks.get(id)?.resolve(value)
    const watch = this.#watches.get(id)
    if (watch === undefined) return
    watch.onResult(value)
    if (this.#watches.has(id)) this.#send({ kind: 'taken', id })
  }

  #error(id: AskId, error: unknown): void {
    this.#asks.get(id)?.reject(error)
    const watch = this.#watches.get(id)
    this.#watches.delete(id)
    watch?.onError?.(error)
  }

  #refuse(code: ChannelErrorCode): void {
    this.#close(code)
    this.#channel.close()
  }

  #close(code: ChannelErrorCode): void {
    if (this.#end !== undefined) return
    const error = new ChannelError(code)
    this.#end = error
    this.#greeted.abort()
    this.#unsent = []
    for (const { reject } of this.#asks.values()) reject(error)
    const watches = [...this.#watches.values()]
    this.#asks.clear()
    this.#watches.clear()
    for (const watch of watches) watch.onError?.(error)
  }

  #nextId(): AskId {
    this.#lastId += 1
    return this.#lastId
  }

  #send(frame: AskFrame): void {
    if (this.#end !== undefined) return
    if (this.#greeted.signal.aborted) this.#channel.send(frame)
    else this.#unsent.push(frame)
  }
}
