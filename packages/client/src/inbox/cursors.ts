import { type MessageHash, type Namespace } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** Whose messages, and from which member: every member has an order of its own. */
export interface CursorPlace {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  readonly member: NodeId
}

/** The last message that came from a member. */
export function cursorOf(reader: Reader, { owner, namespace, member }: CursorPlace): MessageHash | undefined {
  const sql = 'SELECT hash FROM cursors WHERE owner = ? AND namespace = ? AND member = ?'
  const row = reader.get(sql, owner, namespace, member)
  return row && (textOf(row, 'hash') as MessageHash)
}

/** Moves on, in the transaction of what came. `now` is Unix ms. */
export function moveCursor(tx: Tx, { owner, namespace, member }: CursorPlace, hash: MessageHash, now: number): void {
  const sql = 'INSERT OR REPLACE INTO cursors (owner, namespace, member, hash, updated_at) VALUES (?, ?, ?, ?, ?)'
  tx.run(sql, owner, namespace, member, hash, now)
}

/** The member does not know the cursor any more. */
export function dropCursor(tx: Tx, { owner, namespace, member }: CursorPlace): void {
  tx.run('DELETE FROM cursors WHERE owner = ? AND namespace = ? AND member = ?', owner, namespace, member)
}

/** Forgets members that were not heard of since a time (Unix ms). */
export function forgetCursors(tx: Tx, before: number): void {
  tx.run('DELETE FROM cursors WHERE updated_at < ?', before)
}
