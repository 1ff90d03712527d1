import { concatBytes, encodeUint64BigEndian, readUint64BigEndian } from '@sotto/protocol/encoding'
import { type RangeCursor, RANGE_CURSOR_LENGTH, toRangeCursor } from '../port/replica.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { type OwnerPlace } from './range-owners.ts'

/** What of an account has been walked over: stages in this order. */
export const stages = { revocations: 0, tombstones: 1, messages: 2 } as const

/** A place within an account: the last hash of a stage, 32 bytes, or none. */
export interface RangePlace extends OwnerPlace {
  readonly stage: number
  readonly key: Uint8Array
}

/** Place 8 ‖ number of the account 8 ‖ stage 1 ‖ hash 32, or zeros. */
export function formatPlace({ space, id, stage, key }: RangePlace): RangeCursor {
  const filler = new Uint8Array(RANGE_CURSOR_LENGTH - 17 - key.length)
  const bytes = concatBytes(space, encodeUint64BigEndian(BigInt(id)), Uint8Array.of(stage), key, filler)
  const cursor = toRangeCursor(bytes)
  if (cursor === undefined) throw new NodeStoreError('node-store.failed')
  return cursor
}

/** @throws {NodeStoreError} `node-store.failed` for what no walk has given out */
export function parsePlace(cursor: RangeCursor): RangePlace {
  const id = cursor.length === RANGE_CURSOR_LENGTH ? readUint64BigEndian(cursor, 8) : -1n
  if (id < 0n || id > BigInt(Number.MAX_SAFE_INTEGER)) throw new NodeStoreError('node-store.failed')
  return { space: cursor.slice(0, 8), id: Number(id), stage: cursor[16] ?? 0, key: cursor.slice(17) }
}
