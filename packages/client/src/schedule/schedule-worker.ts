import { type EngineContext } from '../engine/context.ts'
import { type JobHandler } from './job.ts'
import { ScheduleLane } from './schedule-lane.ts'

/**
 * Does jobs when they are due: those of one name one after the other, those of different names beside each other, as some wait
 * for the network and others must not be late for that.
 */
export class ScheduleWorker {
  readonly #lanes: readonly ScheduleLane[]

  constructor(context: EngineContext, handlers: ReadonlyMap<string, JobHandler>) {
    this.#lanes = [...handlers].map(([name, handle]) => new ScheduleLane(context, name, handle))
  }

  start(): void {
    for (const lane of this.#lanes) lane.start()
  }

  /** Something was put off, or brought forward. */
  wake(): void {
    for (const lane of this.#lanes) lane.wake()
  }

  /** Ends when nothing runs any more, after the stop was signalled. */
  async finished(): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.finished()))
  }
}
