import { type Clock, type NetworkTime, type SwarmSession, type Watch, type WatchState } from '@sotto/network'
import { type AccountKeys } from '@sotto/protocol/account'
import { type FileServer } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { takeSentAt } from '../account/account-row.ts'
import { type FileStore } from '../files/file-store.ts'
import { Dispatcher } from '../inbox/dispatcher.ts'
import { Inbox } from '../inbox/inbox.ts'
import { Outbox } from '../outbox/outbox.ts'
import { OutboxWorker } from '../outbox/outbox-worker.ts'
import { type JobHandler } from '../schedule/job.ts'
import { Schedule } from '../schedule/schedule.ts'
import { ScheduleWorker } from '../schedule/schedule-worker.ts'
import { type Store } from '../store/store.ts'
import { CONNECTION_TOPIC, type EngineContext, PLACE_TOPIC } from './context.ts'
import { type Feature } from './feature.ts'
import { housekeeping } from './housekeeping.ts'
import { type ClientLimits } from './limits.ts'

/** What an engine is made of. The store belongs to it from now on, the session too. */
export interface EngineOptions {
  readonly store: Store
  readonly files: FileStore
  readonly fileServer: () => FileServer
  /** Of the account whose store this is. */
  readonly keys: AccountKeys
  /** The session of this account: of isolation `own:<account>`. */
  readonly swarm: SwarmSession
  /** Opens further ones of the same network. */
  readonly openSession: (isolation: string) => SwarmSession
  readonly time: NetworkTime
  readonly clock: Clock
  readonly random: RandomBytes
  readonly features: readonly Feature[]
  readonly limits: ClientLimits
  /** Told of failures that nobody waits for. Must not throw. */
  readonly report: (error: unknown) => void
  /** Wait a little with everything, for privacy. Spec 21 §4. */
  readonly delayed: boolean
}

/** Runs one account: watches its inbox, sends what is queued, does what is due. Knows features only by their tables. */
export class Engine {
  readonly context: EngineContext
  readonly #options: EngineOptions
  readonly #stop = new AbortController()
  readonly #inbox: Inbox
  readonly #outboxWorker: OutboxWorker
  readonly #scheduleWorker: ScheduleWorker
  readonly #endings: (() => void | Promise<void>)[] = []
  #watch: Watch | undefined
  #connection: WatchState = { kind: 'connecting' }
  #reopening: Promise<void> | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    const features = [housekeeping, ...options.features]
    this.context = this.#makeContext()
    this.#inbox = new Inbox(this.context, new Dispatcher(() => this.context, features))
    const listeners = features.flatMap(({ outbox }) => (outbox === undefined ? [] : [outbox]))
    this.#outboxWorker = new OutboxWorker(this.context, listeners)
    this.#scheduleWorker = new ScheduleWorker(this.context, jobHandlers(features))
  }

  /** Begins to receive, to send and to do what is due. Does not wait for the network. */
  start(): void {
    if (this.#watch !== undefined || this.context.stopped.aborted) return
    const { delayed, features, swarm } = this.#options
    for (const { start } of [housekeeping, ...features]) {
      if (start !== undefined) this.#endings.push(start(this.context))
    }
    this.#outboxWorker.start()
    this.#scheduleWorker.start()
    this.#endings.push(this.context.time.onChange(() => this.#attempt(() => this.#hurry())))
    this.#reopening = this.#inbox.reopen().catch(this.#reportUnlessStopped)
    this.#watch = swarm.watch({
      owner: this.context.own,
      retrieves: (member, now) => this.#inbox.retrieves(member, now),
      deliver: news => this.#inbox.deliver(news),
      onState: state => this.#onState(state),
      onPlace: () => this.context.store.announce(PLACE_TOPIC),
      delayed,
    })
  }

  /** After sleep or a change of the network: whatever waits is tried at once. */
  poke(): void {
    this.#watch?.poke()
    this.#hurry()
  }

  /** Ends when nothing runs any more. What was queued is taken up at the next start. The store stays open. */
  async stop(): Promise<void> {
    if (this.#stop.signal.aborted) return
    this.#stop.abort()
    const ends = this.#endings.splice(0).map(async end => end())
    for (const end of ends) await end.catch(this.context.report)
    await this.#watch?.stop()
    await this.#reopening
    await this.#outboxWorker.finished()
    await this.#scheduleWorker.finished()
    this.#options.swarm.close()
  }

  #makeContext(): EngineContext {
    const { clock, fileServer, files, keys, limits, openSession, random, report, store, swarm, time } = this.#options
    return {
      own: keys.accountId,
      keys,
      store,
      files,
      fileServer,
      clock,
      time,
      random,
      swarm,
      openSession,
      limits,
      report,
      outbox: new Outbox(() => this.context, { wake: lane => this.#outboxWorker.wake(lane) }),
      schedule: new Schedule(() => this.#scheduleWorker.wake()),
      connection: () => this.#connection,
      place: () => this.#watch?.place,
      noteRead: (tx, read) => {
        for (const { read: listen } of this.#options.features) listen?.(tx, read, this.context)
      },
      nextSentAt: (tx, lead) => takeSentAt(tx, time.now(), lead),
      stopped: this.#stop.signal,
    }
  }

  /** Coming back is a good time for what waits. */
  #onState(state: WatchState): void {
    const wasAway = this.#connection.kind === 'waiting'
    this.#connection = state
    this.context.store.announce(CONNECTION_TOPIC)
    if (!wasAway || (state.kind !== 'live' && state.kind !== 'polling') || this.context.stopped.aborted) return
    this.#attempt(() => this.#hurry())
  }

  /** What was put off is looked at again: the network is back, or has told the time, and waits were for another one. */
  #hurry(): void {
    this.context.store.write(tx => this.context.outbox.hurry(tx))
    this.#scheduleWorker.wake()
  }

  /** For what must not keep other things from happening. */
  #attempt(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.context.report(error)
    }
  }

  readonly #reportUnlessStopped = (error: unknown): void => {
    if (!this.context.stopped.aborted) this.context.report(error)
  }
}

function jobHandlers(features: readonly Feature[]): ReadonlyMap<string, JobHandler> {
  return new Map(features.flatMap(({ jobs }) => Object.entries(jobs ?? {})))
}
