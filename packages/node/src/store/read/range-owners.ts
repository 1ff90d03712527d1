import { compareBytes, encodeUint64BigEndian } from '@sotto/protocol/encoding'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type SpaceRange } from '../port/replica.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { ownerOf } from '../sql/keys.ts'

/** An account with its number and its place on the ring, 8 bytes. */
export interface RangeOwner {
  readonly id: number
  readonly account: Uint8Array
  readonly owner: SwarmOwner
  readonly space: Uint8Array
}

/** Where a walk goes on: at this account, or right after it if it is gone. */
export interface OwnerPlace {
  readonly space: Uint8Array
  readonly id: number
}

interface OwnerRow {
  readonly id: number
  readonly account: Uint8Array
  readonly space: Uint8Array
}

const PAGE_SIZE = 256

/** Accounts in the order of the ring. */
export class RangeOwners {
  readonly #from: Statement<OwnerRow>

  constructor(connection: Connection) {
    this.#from = connection.prepare(
      `SELECT id, account, space FROM owners WHERE (space, id) >= (?, ?) AND space <= ?
        ORDER BY space, id LIMIT ${PAGE_SIZE}`,
    )
  }

  /** Accounts of a range, from its beginning or from a place in it. Others may write while the caller pauses. */
  *walk(range: SpaceRange, start?: OwnerPlace): Generator<RangeOwner, void> {
    for (const { from, to } of straight(range)) {
      const first = encodeUint64BigEndian(from)
      const last = encodeUint64BigEndian(to)
      if (start !== undefined && (compareBytes(start.space, first) < 0 || compareBytes(start.space, last) > 0)) continue
      yield* this.#segment(start ?? { space: first, id: 0 }, last)
      start = undefined
    }
  }

  *#segment(start: OwnerPlace, last: Uint8Array): Generator<RangeOwner, void> {
    let place = start
    for (;;) {
      const rows = this.#from.all([place.space, place.id, last])
      for (const row of rows) {
        const account = row.account
        yield { id: row.id, account, owner: ownerOf(account), space: row.space }
      }
      const end = rows.at(-1)
      if (end === undefined || rows.length < PAGE_SIZE) return
      place = { space: end.space, id: end.id + 1 }
    }
  }
}

/** A range over the end of the ring is two that are not. */
function straight({ from, to }: SpaceRange): readonly SpaceRange[] {
  if (from <= to) return [{ from, to }]
  return [
    { from, to: 2n ** 64n - 1n },
    { from: 0n, to },
  ]
}
