import { type Route, type ServerReply, type ServerRequest } from '@sotto/server'
import { type FileClock } from '../file-clock.ts'
import { FileError } from '../file-error.ts'
import { type WorkLimits } from '../limits.ts'

interface Waiting {
  readonly start: () => void
}

/** Bounds how many requests are in memory as a whole with all that becomes of them; more wait for their turn, for a while. */
export class InMemoryGate {
  readonly #limits: WorkLimits
  readonly #clock: FileClock
  readonly #waiting = new Set<Waiting>()
  #running = 0

  constructor(limits: WorkLimits, clock: FileClock) {
    this.#limits = limits
    this.#clock = clock
  }

  /** How many are worked on. */
  get running(): number {
    return this.#running
  }

  /** A route whose requests pass here. `busy` is the answer to those that do not. */
  guard(route: Route, busy: ServerReply): Route {
    return { ...route, handle: async request => this.#run(route, request, busy) }
  }

  async #run(route: Route, request: ServerRequest, busy: ServerReply): Promise<ServerReply> {
    try {
      await this.#enter(request.signal)
    } catch (error) {
      if (error instanceof FileError) return busy
      throw error
    }
    try {
      return await route.handle(request)
    } finally {
      this.#leave()
    }
  }

  async #enter(gone: AbortSignal): Promise<void> {
    const { maxInMemory, maxWaiting, waitMs } = this.#limits
    if (this.#running < maxInMemory) return void this.#running++
    if (this.#waiting.size >= maxWaiting) throw new FileError('files.busy', { waiting: this.#waiting.size })
    const turn = Promise.withResolvers<void>()
    const waiting = { start: turn.resolve }
    this.#waiting.add(waiting)
    const ended = new AbortController()
    const until = AbortSignal.any([gone, ended.signal])
    const late = this.#clock.sleep(waitMs, until).then(
      () => turn.reject(new FileError('files.busy')),
      (error: unknown) => turn.reject(error),
    )
    try {
      await turn.promise
    } finally {
      this.#waiting.delete(waiting)
      ended.abort()
      await late
    }
  }

  /** The place goes to the one who has waited longest. */
  #leave(): void {
    const [next] = this.#waiting
    if (next === undefined) return void this.#running--
    this.#waiting.delete(next)
    next.start()
  }
}
