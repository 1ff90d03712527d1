import { type ConversationRow } from '@sotto/client'

/** Nothing is told of it: for good, or until a time that is still to come. `now` is Unix ms. */
export function isMuted(row: Pick<ConversationRow, 'mutedUntilSeconds' | 'notifications'>, now: number): boolean {
  return row.notifications === 'none' || row.mutedUntilSeconds * 1000 > now
}
