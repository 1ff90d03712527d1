import {
  countedSize,
  type MessageHash,
  type Namespace,
  type StoredMessage,
  type SubaccountToken,
} from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerBytes } from '@sotto/protocol/swarm'
import { POSITION_MEMORY_MS } from '../limits.ts'
import { type MessageRecord, type Retrieved, type RetrieveLimits } from '../port/message.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { hashKey, hashOf } from '../sql/keys.ts'

interface MessageRow {
  readonly hash: Uint8Array
  readonly timestamp: number
  readonly expiry: number
  readonly data: Uint8Array
}

interface RecordRow extends MessageRow {
  readonly namespace: Namespace
  readonly firstStored: number
}

const HASH_LENGTH = 43

/** Reads of one account. */
export class MessageReads {
  readonly #owner: Statement<{ id: number }>
  readonly #place: Statement<{ position: number; expiry: number }>
  readonly #oldPlace: Statement<{ position: number }>
  readonly #after: Statement<MessageRow>
  readonly #record: Statement<RecordRow>
  readonly #revoked: Statement<{ revoked: number }>

  constructor(connection: Connection) {
    this.#owner = connection.prepare('SELECT id FROM owners WHERE account = ?')
    this.#place = connection.prepare('SELECT position, expiry FROM messages WHERE owner = ? AND hash = ?')
    this.#oldPlace = connection.prepare('SELECT position FROM positions WHERE owner = ? AND hash = ? AND until > ?')
    this.#after = connection.prepare(
      `SELECT hash, timestamp, expiry, data FROM messages
        WHERE owner = ? AND namespace = ? AND position > ? AND expiry > ? ORDER BY position`,
    )
    this.#record = connection.prepare(
      `SELECT namespace, hash, timestamp, expiry, first_stored AS firstStored, data FROM messages
        WHERE owner = ? AND hash = ? AND expiry > ?`,
    )
    this.#revoked = connection.prepare(
      'SELECT revoked FROM revocations WHERE owner = (SELECT id FROM owners WHERE account = ?) AND token = ?',
    )
  }

  retrieve(account: SwarmOwner, namespace: Namespace, limits: RetrieveLimits, now: number): Retrieved {
    const { after, maxCount = Infinity, maxSize } = limits
    const owner = this.#ownerId(account)
    if (owner === undefined) return { messages: [], more: false, reset: after !== undefined }
    const position = after === undefined ? 0 : this.#position(owner, after, now)
    const messages: StoredMessage[] = []
    let size = 0
    for (const row of this.#after.iterate([owner, namespace, position ?? 0, now])) {
      size += countedSize(HASH_LENGTH, row.data.length)
      const isFull = messages.length > 0 && (size > maxSize || messages.length >= maxCount)
      if (isFull) return { messages, more: true, reset: position === undefined }
      messages.push(messageOf(row))
    }
    return { messages, more: false, reset: position === undefined }
  }

  /** After which position to read on: also after messages that are gone. Spec 21 §1.2. */
  #position(owner: number, hash: MessageHash, now: number): number | undefined {
    const key = hashKey(hash)
    if (key === undefined) return undefined
    const place = this.#place.get([owner, key])
    if (place !== undefined && place.expiry + POSITION_MEMORY_MS > now) return place.position
    return this.#oldPlace.get([owner, key, now])?.position
  }

  getExpiries(account: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, number> {
    const found = new Map<MessageHash, number>()
    const owner = this.#ownerId(account)
    if (owner === undefined) return found
    for (const hash of hashes) {
      const key = hashKey(hash)
      const place = key === undefined ? undefined : this.#place.get([owner, key])
      if (key !== undefined && place !== undefined && place.expiry > now) found.set(hashOf(key), place.expiry)
    }
    return found
  }

  isRevoked(account: SwarmOwner, token: SubaccountToken): boolean {
    return this.#revoked.get([swarmOwnerBytes(account), token])?.revoked === 1
  }

  records(
    account: SwarmOwner,
    hashes: readonly MessageHash[],
    maxBytes: number,
    now: number,
  ): readonly MessageRecord[] {
    const records: MessageRecord[] = []
    const owner = this.#ownerId(account)
    let bytes = 0
    for (const hash of owner === undefined ? [] : hashes) {
      const key = hashKey(hash)
      const row = owner === undefined || key === undefined ? undefined : this.#record.get([owner, key, now])
      if (row === undefined) continue
      bytes += row.data.length
      if (records.length > 0 && bytes > maxBytes) break
      records.push(recordOf(account, row))
    }
    return records
  }

  #ownerId(account: SwarmOwner): number | undefined {
    return this.#owner.get([swarmOwnerBytes(account)])?.id
  }
}

function messageOf({ hash, timestamp, expiry, data }: MessageRow): StoredMessage {
  return { hash: hashOf(hash), timestamp, expiry, data: data }
}

/** A row as members hand it to each other. */
export function recordOf(owner: SwarmOwner, row: RecordRow): MessageRecord {
  const { namespace, firstStored } = row
  return { owner, namespace, ...messageOf(row), firstStored }
}
