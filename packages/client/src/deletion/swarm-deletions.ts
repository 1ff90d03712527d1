import { isTransient } from '@sotto/network'
import { type MessageHash } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'
import { textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { deleteFromSwarm } from './delete-everywhere.ts'

/** The name of the job that deletes from the own swarm what others wished back. It has no key. */
export const SWARM_DELETION_JOB = 'deletion-swarm'

/** What is wished back one after the other is deleted together. */
const GATHERING_MS = 2000
const MAX_HASHES = 200

/** Has the own swarm forget a message some time soon; until it does by itself (Unix ms). */
export function deleteFromSwarmLater(tx: Tx, hash: MessageHash, until: number, context: EngineContext): void {
  tx.run('INSERT OR IGNORE INTO swarm_deletions (hash, until) VALUES (?, ?)', hash, until)
  context.schedule.atLatest(tx, SWARM_DELETION_JOB, '', context.time.now() + GATHERING_MS)
}

/** Deletes what is waiting. Returns when to go on, if there is more. */
export async function deleteWaiting(_: DueJob, context: EngineContext): Promise<number | undefined> {
  const { report, store, time } = context
  const hashes = store.write(tx => {
    tx.run('DELETE FROM swarm_deletions WHERE until <= ?', time.now())
    const rows = tx.all('SELECT hash FROM swarm_deletions ORDER BY hash LIMIT ?', MAX_HASHES)
    return rows.map(row => textOf(row, 'hash') as MessageHash)
  })
  if (hashes.length === 0) return undefined
  try {
    await deleteFromSwarm(hashes, context)
  } catch (error) {
    if (isTransient(error)) throw error
    report(error) // the swarm will not do it later either
  }
  return store.write(tx => {
    for (const hash of hashes) tx.run('DELETE FROM swarm_deletions WHERE hash = ?', hash)
    return isWaiting(tx) ? time.now() : undefined
  })
}

/** Takes up what was left. */
export function resumeDeletions({ schedule, store, time }: EngineContext): void {
  store.write(tx => {
    if (isWaiting(tx)) schedule.atLatest(tx, SWARM_DELETION_JOB, '', time.now())
  })
}

function isWaiting(reader: Reader): boolean {
  return reader.get('SELECT 1 FROM swarm_deletions') !== undefined
}
