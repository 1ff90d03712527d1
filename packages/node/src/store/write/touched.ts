import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type WriteName, type WriteParams } from './writes.ts'

/** Whose messages a write may have changed: added, taken away, or given another expiry. */
type Touched = Iterable<SwarmOwner>

type TouchedBy = { readonly [Name in WriteName]: (params: WriteParams<Name>) => Touched }

const nobody = (): Touched => []
const owned = ({ owner }: { readonly owner: SwarmOwner }): Touched => [owner]
const listed = ({ records }: { readonly records: readonly { readonly owner: SwarmOwner }[] }): Touched =>
  new Set(records.map(({ owner }) => owner))

/** For every write. What is kept in memory of these accounts is void when it is done. */
export const touchedBy: TouchedBy = {
  store: ({ message }) => [message.owner],
  insertRecords: listed,
  applyTombstones: listed,
  mergeExpiries: listed,
  forget: owned,
  deleteMessages: owned,
  deleteAll: owned,
  deleteBefore: owned,
  expire: owned,
  expireAll: owned,
  revoke: nobody,
  unrevoke: nobody,
  applyRevocations: nobody,
  // Its result says whether it took anything away.
  sweep: nobody,
  land: nobody,
  recover: nobody,
  acknowledge: nobody,
  dropPeer: nobody,
  setCursor: nobody,
}
