import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { type Namespace } from '@sotto/protocol/storage'
import { type NodeId, nodeIdOf, nodePublicKey } from '@sotto/protocol/swarm'
import { forwardIdOf, type QueuedForward, type QueueLength } from '../port/forward.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { ownerOf } from '../sql/keys.ts'
import { recordOf } from './message-reads.ts'

/** Without a body the request is about a message, whose columns are null if it is gone. */
interface QueueRow {
  readonly id: number
  readonly body: Uint8Array | null
  readonly account: Uint8Array | null
  readonly namespace: Namespace | null
  readonly hash: Uint8Array | null
  readonly timestamp: number | null
  readonly expiry: number | null
  readonly firstStored: number | null
  readonly data: Uint8Array | null
}

/** What waits for peers. */
export class QueueReads {
  readonly #queued: Statement<QueueRow>
  readonly #lengths: Statement<{ node: Uint8Array; queued: number }>
  readonly #cursor: Statement<{ cursor: Uint8Array | null }>

  constructor(connection: Connection) {
    this.#queued = connection.prepare(
      `SELECT forwards.id, forwards.body, owners.account, messages.namespace, messages.hash, messages.timestamp,
          messages.expiry, messages.first_stored AS firstStored, messages.data
        FROM backlog CROSS JOIN forwards ON forwards.id = backlog.forward
          LEFT JOIN messages ON messages.position = forwards.position AND messages.expiry > ?
          LEFT JOIN owners ON owners.id = messages.owner
        WHERE backlog.peer = ? AND forwards.until > ? ORDER BY backlog.forward LIMIT ?`,
    )
    this.#lengths = connection.prepare('SELECT node, queued FROM peers WHERE queued > 0 ORDER BY node')
    this.#cursor = connection.prepare('SELECT cursor FROM peers WHERE node = ?')
  }

  queued(
    peer: NodeId,
    { maxCount, maxBytes }: { readonly maxCount: number; readonly maxBytes: number },
    now: number,
  ): readonly QueuedForward[] {
    const forwards: QueuedForward[] = []
    let bytes = 0
    for (const row of this.#queued.iterate([now, nodePublicKey(peer), now, maxCount])) {
      bytes += (row.body ?? row.data)?.length ?? 0
      if (forwards.length > 0 && bytes > maxBytes) break
      forwards.push(forwardOf(row))
    }
    return forwards
  }

  queueLengths(): readonly QueueLength[] {
    return this.#lengths.all().map(({ node, queued }) => ({ peer: nodeIdOf(ed25519PublicKey(node)), count: queued }))
  }

  cursor(peer: NodeId): Uint8Array | undefined {
    const cursor = this.#cursor.get([nodePublicKey(peer)])?.cursor
    return cursor === undefined || cursor === null ? undefined : cursor
  }
}

function forwardOf(row: QueueRow): QueuedForward {
  const id = forwardIdOf(row.id)
  if (row.body !== null) return { kind: 'request', id, body: row.body }
  const { account, namespace, hash, timestamp, expiry, firstStored, data } = row
  if (account === null || namespace === null || hash === null || data === null) return { kind: 'void', id }
  if (timestamp === null || expiry === null || firstStored === null) return { kind: 'void', id }
  const message = { namespace, hash, timestamp, expiry, firstStored, data }
  return { kind: 'message', id, record: recordOf(ownerOf(account), message) }
}
