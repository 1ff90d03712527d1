import { type ConnectionView } from '@sotto/client'
import { shownTime } from './shown-text.ts'

/** How we are connected, in a few words. */
export function connectionText({ kind, nextTryAt, queued }: ConnectionView, now: number): string {
  const waiting = queued === 0 ? '' : ` · ${queued} to be sent`
  switch (kind) {
    case 'live':
      return `connected${waiting}`
    case 'polling':
      return `connected, asking now and then${waiting}`
    case 'connecting':
      return `connecting …${waiting}`
    default:
      return `not connected${nextTryAt === undefined ? '' : `, tries again at ${shownTime(nextTryAt, now)}`}${waiting}`
  }
}
