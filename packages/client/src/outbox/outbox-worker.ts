import { type EngineContext } from '../engine/context.ts'
import { Pause } from '../engine/pause.ts'
import { type Tx } from '../store/store.ts'
import { attemptSend } from './attempt-send.ts'
import { lanesAfter, nextInLane, openLanes, type SendJob } from './jobs.ts'
import { type OutboxListener, type OutboxItem } from './outbox-listener.ts'

/**
 * Sends what is queued: in each lane one after the other, several lanes at a time. A lane that has nothing to do has no
 * runner; queueing something wakes it.
 */
export class OutboxWorker {
  readonly #context: EngineContext
  readonly #listeners: readonly OutboxListener[]
  readonly #pause: Pause
  readonly #running = new Map<string, Promise<void>>()
  readonly #turns: (() => void)[] = []
  #busy = 0
  #started = false

  constructor(context: EngineContext, listeners: readonly OutboxListener[]) {
    this.#context = context
    this.#listeners = [...listeners, { sent: (tx, item) => this.#wakeFollowers(tx, item) }]
    this.#pause = new Pause(context.clock, context.stopped)
  }

  /** Takes up what was left. */
  start(): void {
    this.#started = true
    for (const lane of this.#context.store.read(openLanes)) this.wake(lane)
  }

  /** There may be something to do in this lane, or sooner than it was. */
  wake(lane: string): void {
    if (!this.#started || this.#context.stopped.aborted) return
    if (this.#running.has(lane)) this.#pause.end()
    else this.#running.set(lane, this.#run(lane))
  }

  /** Ends when nothing runs any more, after the stop was signalled. */
  async finished(): Promise<void> {
    for (const next of this.#turns.splice(0)) next()
    await Promise.allSettled(this.#running.values())
  }

  async #run(lane: string): Promise<void> {
    const { limits, report, stopped, store } = this.#context
    await Promise.resolve() // so that the lane is noted as running first
    for (;;) {
      try {
        if (stopped.aborted) break
        const job = store.read(reader => nextInLane(reader, lane))
        if (job === undefined) break
        await this.#advance(job)
      } catch (error) {
        if (stopped.aborted) break
        report(error)
        await this.#pause.wait(limits.lastRetryMs).catch(() => undefined)
      }
    }
    this.#running.delete(lane)
  }

  /** Waits for the time of the job, or makes the attempt. The job is then read again: it may have changed meanwhile. */
  async #advance(job: SendJob): Promise<void> {
    const wait = job.nextAt - this.#context.time.now()
    if (wait > 0) return this.#pause.wait(wait)
    await this.#turn()
    try {
      if (!this.#context.stopped.aborted) await attemptSend(job, this.#context, this.#listeners)
    } finally {
      this.#busy -= 1
      this.#turns.shift()?.()
    }
  }

  /** Ends when there are few enough attempts under way for one more. */
  async #turn(): Promise<void> {
    this.#busy += 1
    if (this.#busy <= this.#context.limits.outboxLanes) return
    await new Promise<void>(resolve => {
      this.#turns.push(resolve)
    })
  }

  /** What waited for a job can go now. */
  #wakeFollowers(tx: Tx, { id }: OutboxItem): void {
    const lanes = lanesAfter(tx, id)
    tx.afterCommit(() => {
      for (const lane of lanes) this.wake(lane)
    })
  }
}
