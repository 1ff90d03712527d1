import { type NamespaceScope, type Namespace } from '@sotto/protocol/storage'
import { type Connection, type Statement } from '../sql/connection.ts'
import { type EditTable } from './edit-table.ts'
import { type PositionTable } from './position-table.ts'

/** What is known of a stored message without reading its data. */
export interface MessageRow {
  readonly position: number
  readonly namespace: Namespace
  readonly hash: Uint8Array
  readonly timestamp: number
  readonly expiry: number
  readonly firstStored: number
  /** Bytes of data. */
  readonly size: number
}

/** A message with its owner's number, ready to be written. */
export interface NewRow extends Omit<MessageRow, 'position' | 'size'> {
  readonly owner: number
  readonly data: Uint8Array
}

/** How much lies in a box. */
export interface BoxCounts {
  readonly messages: number
  readonly bytes: number
}

const unbounded: BoxCounts = { messages: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER }

const columns = 'position, namespace, hash, timestamp, expiry, first_stored AS firstStored, length(data) AS size'

/** Messages and the counts of their boxes, which change together. */
export class MessageTable {
  readonly #positions: PositionTable
  readonly #edits: EditTable
  readonly #byHash: Statement<MessageRow>
  readonly #byBox: Statement<MessageRow>
  readonly #byOwner: Statement<MessageRow>
  readonly #expired: Statement<MessageRow & { owner: number }>
  readonly #insert: Statement<never>
  readonly #remove: Statement<never>
  readonly #setExpiry: Statement<never>
  readonly #addToBox: Statement<never>
  readonly #dropBox: Statement<never>
  readonly #anyBox: Statement<{ owner: number }>

  constructor(connection: Connection, positions: PositionTable, edits: EditTable) {
    this.#positions = positions
    this.#edits = edits
    this.#byHash = connection.prepare(`SELECT ${columns} FROM messages WHERE owner = ? AND hash = ?`)
    this.#byBox = connection.prepare(`SELECT ${columns} FROM messages WHERE owner = ? AND namespace = ?`)
    this.#byOwner = connection.prepare(`SELECT ${columns} FROM messages INDEXED BY messages_by_box WHERE owner = ?`)
    this.#expired = connection.prepare(
      `SELECT owner, ${columns} FROM messages WHERE expiry <= ? ORDER BY expiry LIMIT ?`,
    )
    this.#insert = connection.prepare(
      `INSERT INTO messages (owner, namespace, hash, timestamp, expiry, first_stored, data)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#remove = connection.prepare('DELETE FROM messages WHERE position = ?')
    this.#setExpiry = connection.prepare('UPDATE messages SET expiry = ? WHERE position = ?')
    this.#addToBox = connection.prepare(
      `INSERT INTO boxes (owner, namespace, messages, bytes) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes
        WHERE boxes.messages + excluded.messages <= ? AND boxes.bytes + excluded.bytes <= ?`,
    )
    this.#anyBox = connection.prepare('SELECT owner FROM boxes WHERE owner = ? LIMIT 1')
    this.#dropBox = connection.prepare('DELETE FROM boxes WHERE owner = ? AND namespace = ? AND messages = 0')
  }

  find(owner: number, hash: Uint8Array): MessageRow | undefined {
    return this.#byHash.get([owner, hash])
  }

  inScope(owner: number, scope: NamespaceScope): readonly MessageRow[] {
    return scope === 'all' ? this.#byOwner.all([owner]) : this.#byBox.all([owner, scope])
  }

  /** Up to `count` that have expired, earliest first. */
  expired(now: number, count: number): readonly (MessageRow & { readonly owner: number })[] {
    return this.#expired.all([now, count])
  }

  /** The hash must be a new one for the owner. Answers the position; `undefined`, with nothing changed, if the box is full. */
  insert(row: NewRow, most: BoxCounts = unbounded): number | undefined {
    const { owner, namespace, hash, timestamp, expiry, firstStored, data } = row
    if (data.length > most.bytes) return undefined
    if (this.#addToBox.run([owner, namespace, 1, data.length, most.messages, most.bytes]) === 0) return undefined
    return this.#insert.insert([owner, namespace, hash, timestamp, expiry, firstStored, data])
  }

  /** Whether nothing of an account lies here, expired or not. */
  isEmpty(owner: number): boolean {
    return this.#anyBox.get([owner]) === undefined
  }

  setExpiry(position: number, expiry: number): void {
    this.#setExpiry.run([expiry, position])
  }

  /** The positions stay known. `goneAt` is Unix ms; an expired message went when it expired. */
  remove(owner: number, rows: readonly MessageRow[], goneAt: number): void {
    const boxes = new Map<Namespace, { messages: number; bytes: number }>()
    for (const { position, namespace, hash, size, expiry } of rows) {
      this.#remove.run([position])
      this.#edits.remove(owner, hash)
      this.#positions.remember(owner, hash, position, Math.min(goneAt, expiry))
      const box = boxes.get(namespace) ?? { messages: 0, bytes: 0 }
      boxes.set(namespace, { messages: box.messages + 1, bytes: box.bytes + size })
    }
    for (const [namespace, { messages, bytes }] of boxes) {
      this.#addToBox.run([owner, namespace, -messages, -bytes, unbounded.messages, unbounded.bytes])
      this.#dropBox.run([owner, namespace])
    }
  }
}
