import { forgetCursors } from '../inbox/cursors.ts'
import { forgetRaw } from '../inbox/raw-messages.ts'
import { forgetSeen } from '../inbox/seen.ts'
import { type Feature } from './feature.ts'

const JOB = 'housekeeping'
const INTERVAL_MS = 6 * 3_600_000
const CURSOR_MS = 60 * 86_400_000

/** Forgets what the engine keeps for a while only. */
export const housekeeping: Feature = {
  name: JOB,
  jobs: {
    [JOB]: (_, { limits, store, time }) => {
      const now = time.now()
      store.write(tx => {
        forgetSeen(tx, now)
        forgetRaw(tx, now - limits.rawMs)
        forgetCursors(tx, now - CURSOR_MS)
      })
      return now + INTERVAL_MS
    },
  },
  start: ({ schedule, store, time }) => {
    store.write(tx => schedule.atLatest(tx, JOB, '', time.now() + INTERVAL_MS))
    return () => undefined
  },
}
