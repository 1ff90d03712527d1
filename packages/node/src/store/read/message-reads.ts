import {
  countedSize,
  formatStoredMessage,
  type MessageHash,
  type Namespace,
  type StoredMessage,
  type SubaccountToken,
} from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { base64Of } from '../../encoding/base64-of.ts'
import { POSITION_MEMORY_MS } from '../limits.ts'
import { type MessageRecord, type Retrieved, type RetrieveLimits } from '../port/message.ts'
import { type MessageLife } from '../port/replica.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { accountKey, hashKey, hashOf } from '../sql/keys.ts'
import { Snapshot } from '../sql/snapshot.ts'
import { type CutMessages, TailCache } from './tail-cache.ts'

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

/** A living message without the rest of its row. */
interface FoundMessage {
  readonly owner: number
  readonly key: Uint8Array
  readonly hash: MessageHash
  readonly expiry: number
}

/** Where a retrieve goes on. */
interface Place {
  readonly owner: number
  readonly position: number
  /** How long the message is remembered that it goes on after, Unix ms. */
  readonly until: number
}

/** A retrieve reads pieces of so many rows: one is nearly always enough, and little is read in vain. */
const ROWS_AT_ONCE = 32

/** Reads of one account. */
export class MessageReads {
  readonly #cache: TailCache
  readonly #snapshot: Snapshot
  readonly #owner: Statement<{ id: number }>
  readonly #ownPlace: Statement<{ owner: number; position: number; expiry: number }>
  readonly #place: Statement<{ expiry: number }>
  readonly #edited: Statement<{ edited: number }>
  readonly #oldPlace: Statement<{ position: number; until: number }>
  readonly #after: Statement<MessageRow & { position: number }>
  readonly #record: Statement<RecordRow>
  readonly #revoked: Statement<{ revoked: number }>

  /** Of the ends of boxes up to `cacheBytes` are kept in memory. */
  constructor(connection: Connection, cacheBytes: number) {
    this.#cache = new TailCache(cacheBytes)
    this.#snapshot = new Snapshot(connection)
    this.#owner = connection.prepare('SELECT id FROM owners WHERE account = ?')
    this.#ownPlace = connection.prepare(
      `SELECT owner, position, expiry FROM messages
        WHERE owner = (SELECT id FROM owners WHERE account = ?) AND hash = ?`,
    )
    this.#place = connection.prepare('SELECT expiry FROM messages WHERE owner = ? AND hash = ?')
    this.#edited = connection.prepare('SELECT edited FROM edits WHERE owner = ? AND hash = ?')
    this.#oldPlace = connection.prepare(
      'SELECT position, until FROM positions WHERE owner = ? AND hash = ? AND until > ?',
    )
    // The plus signs keep SQLite from planning for the very values: it would prepare the statement anew for each retrieve.
    this.#after = connection.prepare(
      `SELECT position, hash, timestamp, expiry, data FROM messages
        WHERE owner = +? AND namespace = +? AND position > +? AND expiry > +?
        ORDER BY position LIMIT ${ROWS_AT_ONCE}`,
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
    const { after } = limits
    const kept = this.#cache.read(account, namespace, limits, now)
    if (kept !== undefined) return { ...kept, reset: false }
    const known = after === undefined ? undefined : this.#placeOf(account, after, now)
    const reset = after !== undefined && known === undefined
    const owner = known?.owner ?? this.#ownerId(account)
    if (owner === undefined) return { messages: [], written: [], more: false, reset }
    const place = known ?? { owner, position: 0, until: Infinity }
    const read = this.#read(place, namespace, limits, now)
    if (!read.more && !reset) this.#cache.keep(account, namespace, { after, ...read }, now, place.until)
    return { ...read, reset }
  }

  /** What was read of the account is not to be given any more. */
  forget(account: SwarmOwner): void {
    this.#cache.forget(account)
  }

  /** Nor of any. */
  forgetAll(): void {
    this.#cache.clear()
  }

  #read(
    { owner, position }: Place,
    namespace: Namespace,
    { maxCount = Infinity, maxSize }: RetrieveLimits,
    now: number,
  ): CutMessages {
    const messages: StoredMessage[] = []
    const written: string[] = []
    let last = position
    let size = 0
    for (;;) {
      const rows = this.#after.all([owner, namespace, last, now])
      for (const row of rows) {
        size += countedSize(HASH_LENGTH, row.data.length)
        const isFull = size > maxSize || messages.length >= maxCount
        if (messages.length > 0 && isFull) return { messages, written, more: true }
        const message = messageOf(row)
        messages.push(message)
        written.push(formatStoredMessage(message, base64Of(row.data)))
        last = row.position
      }
      if (rows.length < ROWS_AT_ONCE) return { messages, written, more: false }
    }
  }

  /**
   * After which position to read on: also after messages that are gone. These are looked for last, so that one that goes in
   * between is found. Spec 21 §1.2.
   */
  #placeOf(account: SwarmOwner, hash: MessageHash, now: number): Place | undefined {
    const key = hashKey(hash)
    if (key === undefined) return undefined
    const place = this.#ownPlace.get([accountKey(account), key])
    if (place !== undefined && place.expiry + POSITION_MEMORY_MS > now) {
      return { owner: place.owner, position: place.position, until: place.expiry + POSITION_MEMORY_MS }
    }
    const owner = this.#ownerId(account)
    const old = owner === undefined ? undefined : this.#oldPlace.get([owner, key, now])
    return owner === undefined || old === undefined ? undefined : { owner, ...old }
  }

  getExpiries(account: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, number> {
    const found = new Map<MessageHash, number>()
    this.#snapshot.read(() => this.#each(account, hashes, now, ({ hash, expiry }) => found.set(hash, expiry)))
    return found
  }

  lives(account: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, MessageLife> {
    const found = new Map<MessageHash, MessageLife>()
    this.#snapshot.read(() =>
      this.#each(account, hashes, now, ({ owner, key, hash, expiry }) => {
        found.set(hash, { hash, expiry, edited: this.#edited.get([owner, key])?.edited ?? 0 })
      }),
    )
    return found
  }

  #each(account: SwarmOwner, hashes: readonly string[], now: number, tell: (found: FoundMessage) => void): void {
    const owner = this.#ownerId(account)
    if (owner === undefined) return
    for (const hash of hashes) {
      const key = hashKey(hash)
      const place = key === undefined ? undefined : this.#place.get([owner, key])
      if (key === undefined || place === undefined || place.expiry <= now) continue
      tell({ owner, key, hash: hashOf(key), expiry: place.expiry })
    }
  }

  isRevoked(account: SwarmOwner, token: SubaccountToken): boolean {
    return this.#revoked.get([accountKey(account), token])?.revoked === 1
  }

  records(
    account: SwarmOwner,
    hashes: readonly MessageHash[],
    maxBytes: number,
    now: number,
  ): readonly MessageRecord[] {
    return this.#snapshot.read(() => this.#records(account, hashes, maxBytes, now))
  }

  #records(
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
    return this.#owner.get([accountKey(account)])?.id
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
