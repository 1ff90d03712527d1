import { type JobQueue } from '../engine/ports.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { type DueJob } from './job.ts'

/** A job with the time for which it is put off. */
export interface ScheduledJob extends DueJob {
  /** Unix ms, network. */
  readonly dueAt: number
}

/** The queue in the database. `changed` is called after each commit that puts something off. */
export class Schedule implements JobQueue {
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  at(tx: Tx, name: string, key: string, dueAt: number, payload: unknown = null): void {
    tx.run(
      'INSERT OR REPLACE INTO jobs (name, key, due_at, payload) VALUES (?, ?, ?, ?)',
      name,
      key,
      dueAt,
      JSON.stringify(payload),
    )
    tx.afterCommit(this.#changed)
  }

  atLatest(tx: Tx, name: string, key: string, dueAt: number, payload: unknown = null): void {
    const row = tx.get('SELECT due_at FROM jobs WHERE name = ? AND key = ?', name, key)
    if (row === undefined || numberOf(row, 'due_at') > dueAt) this.at(tx, name, key, dueAt, payload)
  }

  cancel(tx: Tx, name: string, key: string): void {
    tx.run('DELETE FROM jobs WHERE name = ? AND key = ?', name, key)
  }
}

/** The job of a name that is due first. */
export function firstDue(reader: Reader, name: string): ScheduledJob | undefined {
  const row = reader.get('SELECT * FROM jobs WHERE name = ? ORDER BY due_at LIMIT 1', name)
  return row && jobOf(row)
}

/** Ends a job that was done, unless it was put off anew meanwhile. */
export function endJob(tx: Tx, job: ScheduledJob): void {
  const { name, key, dueAt, attempts } = job
  tx.run('DELETE FROM jobs WHERE name = ? AND key = ? AND due_at = ? AND attempts = ?', name, key, dueAt, attempts)
}

/** Puts a job off that failed, or that has more to do, unless it was put off anew meanwhile. */
export function moveJob(tx: Tx, job: ScheduledJob, dueAt: number, attempts: number): void {
  tx.run(
    'UPDATE jobs SET due_at = ?, attempts = ? WHERE name = ? AND key = ? AND due_at = ? AND attempts = ?',
    dueAt,
    attempts,
    job.name,
    job.key,
    job.dueAt,
    job.attempts,
  )
}

function jobOf(row: SqlRow): ScheduledJob {
  const payload: unknown = JSON.parse(textOf(row, 'payload'))
  return {
    name: textOf(row, 'name'),
    key: textOf(row, 'key'),
    payload,
    dueAt: numberOf(row, 'due_at'),
    attempts: numberOf(row, 'attempts'),
  }
}
