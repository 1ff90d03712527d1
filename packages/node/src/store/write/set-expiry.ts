import { TOMBSTONE_MS } from '../limits.ts'
import { type MessageRow } from './message-table.ts'
import { type Tables } from './tables.ts'

/** Another end for a message. All times are Unix ms. */
export interface Edit {
  readonly expiry: number
  /** When its owner wanted it. */
  readonly edited: number
  readonly now: number
}

/** What was shortened is not to be prolonged by copies or captured stores; what the owner prolonged is. Spec 70, D5. */
export function setExpiry(tables: Tables, owner: number, row: MessageRow, { expiry, edited, now }: Edit): void {
  const { position, hash } = row
  tables.messages.setExpiry(position, expiry)
  tables.edits.put(owner, hash, edited)
  if (expiry < row.expiry) tables.tombstones.put(owner, hash, { since: edited, until: now + TOMBSTONE_MS })
  else if (expiry > row.expiry) tables.tombstones.clear(owner, hash)
}
