import { ChannelError } from './channel-error.ts'
import { type Channel } from './channel.ts'
import { type ClientApi } from './client-api.ts'
import { type AnswerFrame, type AskFrame, type AskId, channelVersion, errorFrame, parseAskFrame } from './frames.ts'
import { WatchAnswers } from './watch-answers.ts'

/** How much one channel may ask. */
export interface ServeLimits {
  /** Commands and queries at once. */
  readonly maxAsks: number
  readonly maxWatches: number
}

/** Ample for an app with many views, and bounded. */
const defaultServeLimits: ServeLimits = { maxAsks: 256, maxWatches: 256 }

/**
 * Answers one channel from a messenger core, until the channel closes; then everything that it asked for ends. A channel that
 * speaks another version, or nonsense, is closed.
 */
export function serveApi(channel: Channel, api: ClientApi, limits: ServeLimits = defaultServeLimits): void {
  const serving = new Serving(channel, api, limits)
  channel.onClose(() => serving.end())
  channel.send({ kind: 'hello', version: channelVersion } satisfies AnswerFrame)
  channel.onFrame(frame => serving.take(parseAskFrame(frame)))
}

class Serving {
  readonly #channel: Channel
  readonly #api: ClientApi
  readonly #limits: ServeLimits
  readonly #asks = new Map<AskId, AbortController>()
  readonly #watches = new Map<AskId, WatchAnswers>()
  /** Also those that were cancelled and still run. */
  #running = 0
  #greeted = false
  #lastId = 0
  #ended = false

  constructor(channel: Channel, api: ClientApi, limits: ServeLimits) {
    this.#channel = channel
    this.#api = api
    this.#limits = limits
  }

  take(frame: AskFrame | undefined): void {
    if (this.#ended) return
    if (frame === undefined) return this.#refuse()
    if (frame.kind === 'hello') return this.#greet(frame.version)
    if (!this.#greeted) return this.#refuse()
    if (frame.kind === 'cancel') return this.#cancel(frame.id)
    if (frame.kind === 'taken') return this.#watches.get(frame.id)?.taken()
    // Numbers rise, so none is ever in use twice.
    if (frame.id <= this.#lastId) return this.#refuse()
    this.#lastId = frame.id
    if (frame.kind === 'watch') this.#watch(frame.id, frame.name, frame.args)
    else void this.#ask(frame.kind, frame.id, frame.name, frame.args)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    for (const ask of this.#asks.values()) ask.abort(new ChannelError('channel.closed'))
    for (const watch of this.#watches.values()) watch.stop()
    this.#asks.clear()
    this.#watches.clear()
  }

  #greet(version: number): void {
    if (version !== channelVersion || this.#greeted) this.#refuse()
    this.#greeted = true
  }

  /** Closing ends the channel for this side, which ends what was asked. */
  #refuse(): void {
    this.#channel.close()
    this.end()
  }

  async #ask(kind: 'command' | 'query', id: AskId, name: string, args: unknown): Promise<void> {
    if (this.#running >= this.#limits.maxAsks) return this.#say(errorFrame(id, new ChannelError('channel.busy')))
    const stop = new AbortController()
    this.#asks.set(id, stop)
    this.#running += 1
    try {
      const value = await this.#api[kind](name, args, { signal: stop.signal })
      if (this.#asks.has(id)) this.#answer(id, value)
    } catch (error) {
      if (this.#asks.has(id)) this.#say(errorFrame(id, error))
    } finally {
      this.#running -= 1
      this.#asks.delete(id)
    }
  }

  #watch(id: AskId, name: string, args: unknown): void {
    if (this.#watches.size >= this.#limits.maxWatches) {
      return this.#say(errorFrame(id, new ChannelError('channel.busy')))
    }
    const watch = new WatchAnswers({
      send: value => this.#answer(id, value),
      fail: error => {
        this.#watches.delete(id)
        this.#say(errorFrame(id, error))
      },
    })
    this.#watches.set(id, watch)
    watch.start(listener => this.#api.watch(name, args, listener))
  }

  #cancel(id: AskId): void {
    this.#asks.get(id)?.abort(new ChannelError('channel.closed'))
    this.#asks.delete(id)
    this.#watches.get(id)?.stop()
    this.#watches.delete(id)
  }

  /** A value that can't be carried is an error of its own, not the end of the channel. */
  #answer(id: AskId, value: unknown): void {
    try {
      this.#say({ kind: 'result', id, value })
    } catch (error) {
      this.#say(errorFrame(id, error))
    }
  }

  #say(frame: AnswerFrame): void {
    if (!this.#ended) this.#channel.send(frame)
  }
}
