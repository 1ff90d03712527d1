import { type Namespace, toSubaccountToken } from '@sotto/protocol/storage'
import { type MessageRecord } from '../port/message.ts'
import {
  type DumpPiece,
  type RangeCursor,
  type RevocationRecord,
  type SpaceRange,
  type TombstoneRecord,
  type WalkLimits,
} from '../port/replica.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { hashOf } from '../sql/keys.ts'
import { Snapshot } from '../sql/snapshot.ts'
import { recordOf } from './message-reads.ts'
import { type RangeOwner, RangeOwners } from './range-owners.ts'
import { formatPlace, parsePlace, type RangePlace, stages } from './range-place.ts'

interface DumpRow {
  readonly namespace: Namespace
  readonly hash: Uint8Array
  readonly timestamp: number
  readonly expiry: number
  readonly firstStored: number
  readonly data: Uint8Array
}

/** Sorts before every hash. */
const noKey = new Uint8Array(0)

/** A dump in the making. */
interface Piece {
  readonly messages: MessageRecord[]
  readonly tombstones: TombstoneRecord[]
  readonly revocations: RevocationRecord[]
  readonly limits: WalkLimits
  readonly now: number
  bytes: number
}

/** Everything of a range, in pieces. */
export class DumpReads {
  readonly #snapshot: Snapshot
  readonly #owners: RangeOwners
  readonly #revocations: Statement<{ token: Uint8Array; changed: number; revoked: number }>
  readonly #tombstones: Statement<{ hash: Uint8Array; since: number; until: number }>
  readonly #messages: Statement<DumpRow>

  constructor(connection: Connection) {
    this.#snapshot = new Snapshot(connection)
    this.#owners = new RangeOwners(connection)
    this.#revocations = connection.prepare(
      'SELECT token, changed, revoked FROM revocations WHERE owner = ? ORDER BY token',
    )
    // A message that was only shortened is dumped as it is; once it has ended, its tombstone is.
    this.#tombstones = connection.prepare(
      `SELECT hash, since, until FROM tombstones AS stone WHERE owner = ? AND hash > ? AND until > ?
        AND NOT EXISTS (SELECT 1 FROM messages WHERE owner = stone.owner AND hash = stone.hash AND expiry > ?) ORDER BY hash`,
    )
    this.#messages = connection.prepare(
      `SELECT namespace, hash, timestamp, expiry, first_stored AS firstStored, data FROM messages
        INDEXED BY messages_by_hash WHERE owner = ? AND hash > ? AND expiry > ? ORDER BY hash`,
    )
  }

  /** The revocations of an account always come together: there are at most a hundred. */
  dump(range: SpaceRange, limits: WalkLimits, now: number): DumpPiece {
    return this.#snapshot.read(() => this.#dump(range, limits, now))
  }

  #dump(range: SpaceRange, limits: WalkLimits, now: number): DumpPiece {
    const piece: Piece = { messages: [], tombstones: [], revocations: [], limits, now, bytes: 0 }
    let place = limits.after === undefined ? undefined : parsePlace(limits.after)
    for (const owner of this.#owners.walk(range, place)) {
      const next = this.#take(piece, owner, place?.id === owner.id ? place : undefined)
      if (next !== undefined) return { ...contents(piece), next }
      place = undefined
    }
    return contents(piece)
  }

  /** What is left of an account; the place at which the piece was full. */
  #take(piece: Piece, owner: RangeOwner, after: RangePlace | undefined): RangeCursor | undefined {
    const start = after ?? { ...owner, stage: stages.revocations, key: noKey }
    if (start.stage === stages.revocations) {
      if (isFull(piece)) return formatPlace(start)
      this.#takeRevocations(piece, owner)
    }
    if (start.stage === stages.messages) return this.#takeMessages(piece, owner, start.key)
    const full = this.#takeTombstones(piece, owner, start.stage === stages.tombstones ? start.key : noKey)
    return full ?? this.#takeMessages(piece, owner, noKey)
  }

  #takeRevocations(piece: Piece, { id, owner }: RangeOwner): void {
    for (const { token, changed, revoked } of this.#revocations.all([id])) {
      const plain = toSubaccountToken(token)
      piece.revocations.push({ owner, token: plain, changed, revoked: revoked === 1 })
    }
  }

  #takeTombstones(piece: Piece, place: RangeOwner, after: Uint8Array): RangeCursor | undefined {
    let last = after
    for (const { hash, since, until } of this.#tombstones.iterate([place.id, after, piece.now, piece.now])) {
      if (isFull(piece)) return formatPlace({ ...place, stage: stages.tombstones, key: last })
      piece.tombstones.push({ owner: place.owner, hash: hashOf(hash), since, until })
      last = hash
    }
    return undefined
  }

  #takeMessages(piece: Piece, place: RangeOwner, after: Uint8Array): RangeCursor | undefined {
    let last = after
    for (const row of this.#messages.iterate([place.id, after, piece.now])) {
      const isTooMuch = piece.messages.length > 0 && piece.bytes + row.data.length > piece.limits.maxBytes
      if (isTooMuch || isFull(piece)) return formatPlace({ ...place, stage: stages.messages, key: last })
      piece.messages.push(recordOf(place.owner, row))
      piece.bytes += row.data.length
      last = row.hash
    }
    return undefined
  }
}

function isFull({ messages, tombstones, revocations, limits }: Piece): boolean {
  return messages.length + tombstones.length + revocations.length >= limits.maxCount
}

function contents({ messages, tombstones, revocations }: Piece): DumpPiece {
  return { messages, tombstones, revocations }
}
