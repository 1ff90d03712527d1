import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'

/**
 * The name of the job that removes what has no row from beside the database. The database itself notes it, whoever deletes, with
 * the key `deleted`; it is also done regularly, without a key.
 */
export const FILES_JOB = 'files'

const DELETED = 'deleted'
/** What is deleted one after the other goes together; all within a minute. Spec 70 C3. */
const GATHERING_MS = 5000
const INTERVAL_MS = 6 * 3_600_000

/** Removes what was deleted, and what a crash left. Returns when to do so again. */
export async function sweepFiles({ key }: DueJob, { files, time }: EngineContext): Promise<number | undefined> {
  await files.sweep()
  return key === DELETED ? undefined : time.now() + INTERVAL_MS
}

/** Sweeps now and regularly, and soon after each deletion. Returns what ends that. */
export function watchFiles({ report, schedule, stopped, store, time }: EngineContext): () => void {
  store.write(tx => schedule.at(tx, FILES_JOB, '', time.now()))
  return store.onChange(topics => {
    if (!topics.has('files') || stopped.aborted) return
    try {
      const sql = 'SELECT 1 FROM jobs WHERE name = ? AND key = ? AND due_at = 0'
      if (store.read(reader => reader.get(sql, FILES_JOB, DELETED)) === undefined) return
      store.write(tx => schedule.at(tx, FILES_JOB, DELETED, time.now() + GATHERING_MS))
    } catch (error) {
      report(error)
    }
  })
}
