import { backoffMs } from '../engine/backoff.ts'
import { type EngineContext } from '../engine/context.ts'
import { Pause } from '../engine/pause.ts'
import { type JobHandler } from './job.ts'
import { endJob, firstDue, moveJob, type ScheduledJob } from './schedule.ts'

/** Times are those of the network, waits those of the device, whose timers may stand still while it sleeps. */
const LONGEST_WAIT_MS = 600_000

/** Most of what fails waits for the network, which comes back without a word. */
const retryRange = { firstMs: 5000, lastMs: 600_000 }

/** Does jobs of one name when they are due, one after the other. */
export class ScheduleLane {
  readonly #context: EngineContext
  readonly #name: string
  readonly #handle: JobHandler
  readonly #pause: Pause
  #run: Promise<void> | undefined
  #looked = false

  constructor(context: EngineContext, name: string, handle: JobHandler) {
    this.#context = context
    this.#name = name
    this.#handle = handle
    this.#pause = new Pause(context.clock, context.stopped)
  }

  start(): void {
    this.#run ??= this.#loop()
  }

  /** Something was put off, or brought forward. */
  wake(): void {
    this.#looked = false
    this.#pause.end()
  }

  /** Ends when nothing runs any more, after the stop was signalled. */
  async finished(): Promise<void> {
    await this.#run
  }

  async #loop(): Promise<void> {
    const { report, stopped } = this.#context
    await Promise.resolve()
    while (!stopped.aborted) {
      try {
        await this.#step()
      } catch (error) {
        if (stopped.aborted) return
        report(error)
        await this.#pause.wait(LONGEST_WAIT_MS).catch(() => undefined)
      }
    }
  }

  async #step(): Promise<void> {
    const { store, time } = this.#context
    this.#looked = true
    const job = store.read(reader => firstDue(reader, this.#name))
    const wait = Math.min(LONGEST_WAIT_MS, job === undefined ? LONGEST_WAIT_MS : job.dueAt - time.now())
    if (job !== undefined && wait <= 0) return this.#do(job)
    if (this.#looked) await this.#pause.wait(wait)
  }

  async #do(job: ScheduledJob): Promise<void> {
    const { random, report, stopped, store, time } = this.#context
    let again: number | undefined | void
    try {
      again = await this.#handle(job, this.#context)
    } catch (error) {
      if (stopped.aborted) return
      report(error)
      const attempts = job.attempts + 1
      const dueAt = time.now() + backoffMs(attempts, retryRange, random)
      store.write(tx => moveJob(tx, job, dueAt, attempts))
      return
    }
    if (stopped.aborted) return
    store.write(tx => {
      if (typeof again === 'number') moveJob(tx, job, again, 0)
      else endJob(tx, job)
    })
  }
}
