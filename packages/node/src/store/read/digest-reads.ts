import { blake2b } from '@sotto/protocol/crypto'
import { concatBytes, encodeUint64BigEndian } from '@sotto/protocol/encoding'
import {
  type AccountHashes,
  type HashesPiece,
  type MessageLife,
  type RangeCursor,
  type RangeDigest,
  type SpaceRange,
} from '../port/replica.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { hashOf } from '../sql/keys.ts'
import { type RangeOwner, RangeOwners } from './range-owners.ts'
import { formatPlace, parsePlace, stages } from './range-place.ts'

/** How many hashes are looked at between two pauses: a few milliseconds. */
const HASHES_PER_TURN = 1024

/** Comparing what two members have. Reads indexes only, never the rows of messages. Spec 70, D9. */
export class DigestReads {
  readonly #owners: RangeOwners
  readonly #hashes: Statement<HashRow>
  readonly #edited: Statement<{ edited: number }>
  readonly #revocations: Statement<{ token: Uint8Array; changed: number; revoked: number }>

  constructor(connection: Connection) {
    this.#owners = new RangeOwners(connection)
    this.#hashes = connection.prepare(
      `SELECT hash, expiry FROM messages INDEXED BY messages_by_hash WHERE owner = ? AND hash > ? AND expiry > ? ORDER BY hash
        LIMIT ?`,
    )
    this.#edited = connection.prepare('SELECT edited FROM edits WHERE owner = ? AND hash = ?')
    this.#revocations = connection.prepare(
      'SELECT token, changed, revoked FROM revocations WHERE owner = ? ORDER BY token',
    )
  }

  /** `pause` lets others have their turn. */
  async digest(range: SpaceRange, aliveAfter: number, pause: () => Promise<void>): Promise<RangeDigest> {
    let digest: Uint8Array = new Uint8Array(32)
    let messages = 0
    let accounts = 0
    let sincePause = 0
    for (const owner of this.#owners.walk(range)) {
      const hashes = this.#hashes.all([owner.id, noKey, aliveAfter, -1])
      const revocations = this.#revocations.all([owner.id])
      sincePause += hashes.length + 4
      if (sincePause >= HASHES_PER_TURN) sincePause = await pause().then(() => 0)
      if (hashes.length + revocations.length === 0) continue
      const words = revocations.map(({ token, changed, revoked }) =>
        concatBytes(token, encodeUint64BigEndian(BigInt(changed)), Uint8Array.of(revoked)),
      )
      digest = blake2b(32, digest, blake2b(32, owner.account, joined(hashes), ...words))
      messages += hashes.length
      accounts += 1
    }
    return { digest, messages, accounts }
  }

  hashes(
    range: SpaceRange,
    aliveAfter: number,
    { after, maxCount }: { readonly after?: RangeCursor; readonly maxCount: number },
  ): HashesPiece {
    const accounts: AccountHashes[] = []
    let left = maxCount
    let place = after === undefined ? undefined : parsePlace(after)
    for (const owner of this.#owners.walk(range, place)) {
      const key = place?.id === owner.id ? place.key : noKey
      const rows = this.#hashes.all([owner.id, key, aliveAfter, left + 1])
      const taken = rows.slice(0, left)
      if (taken.length > 0) accounts.push({ owner: owner.owner, messages: taken.map(row => this.#life(owner.id, row)) })
      if (rows.length > left) return { accounts, next: placeAfter(owner, taken.at(-1)?.hash ?? key) }
      left -= taken.length
      place = undefined
    }
    return { accounts }
  }

  #life(owner: number, { hash, expiry }: HashRow): MessageLife {
    return { hash: hashOf(hash), expiry, edited: this.#edited.get([owner, hash])?.edited ?? 0 }
  }
}

interface HashRow {
  readonly hash: Uint8Array
  readonly expiry: number
}

/** hash 32 ‖ expiry 8, big-endian, for each. */
function joined(rows: readonly HashRow[]): Uint8Array {
  const bytes = new Uint8Array(40 * rows.length)
  const view = new DataView(bytes.buffer)
  for (const [at, { hash, expiry }] of rows.entries()) {
    bytes.set(hash, 40 * at)
    view.setBigUint64(40 * at + 32, BigInt(expiry))
  }
  return bytes
}

/** Sorts before every hash. */
const noKey = new Uint8Array(0)

function placeAfter(owner: RangeOwner, key: Uint8Array): RangeCursor {
  return formatPlace({ ...owner, stage: stages.messages, key })
}
