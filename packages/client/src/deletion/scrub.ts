import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'

/** The name of the job that cleans the files of what was deleted. The database itself notes it, whoever deletes. */
export const SCRUB_JOB = 'scrub'

/** What is deleted one after the other is cleaned away together; all within a minute. Spec 70 C3. */
const GATHERING_MS = 5000

/** Cleans the files. */
export function scrub(_: DueJob, { store }: EngineContext): void {
  store.scrub()
}

/** Puts the job that the database noted to a time at which it is done. Returns what ends that. */
export function watchDeletions({ report, schedule, stopped, store, time }: EngineContext): () => void {
  return store.onChange(topics => {
    if ((!topics.has('messages') && !topics.has('files')) || stopped.aborted) return
    try {
      const sql = 'SELECT 1 FROM jobs WHERE name = ? AND due_at = 0'
      if (store.read(reader => reader.get(sql, SCRUB_JOB)) === undefined) return
      store.write(tx => schedule.at(tx, SCRUB_JOB, '', time.now() + GATHERING_MS))
    } catch (error) {
      report(error)
    }
  })
}
