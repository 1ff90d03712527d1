import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type DumpPiece } from '../../store/port/replica.ts'

/** What a piece of a dump has of one account. */
export interface ForeignPart extends Omit<DumpPiece, 'next'> {
  readonly owner: SwarmOwner
}

/** A piece account by account. */
export function partsOf({ messages, tombstones, revocations }: DumpPiece): readonly ForeignPart[] {
  const owners = new Set([...messages, ...tombstones, ...revocations].map(({ owner }) => owner))
  const [messagesOf, tombstonesOf, revocationsOf] = [byOwner(messages), byOwner(tombstones), byOwner(revocations)]
  return Array.from(owners, owner => ({
    owner,
    messages: messagesOf.get(owner) ?? [],
    tombstones: tombstonesOf.get(owner) ?? [],
    revocations: revocationsOf.get(owner) ?? [],
  }))
}

/** The accounts of which there may be more in the next piece: one of them is the one that the piece ends in. */
export function lastOwners({ messages, tombstones, revocations, next }: DumpPiece): ReadonlySet<SwarmOwner> {
  if (next === undefined) return new Set()
  const last = [messages.at(-1), tombstones.at(-1), revocations.at(-1)]
  return new Set(last.flatMap(record => (record === undefined ? [] : [record.owner])))
}

function byOwner<T extends { readonly owner: SwarmOwner }>(list: readonly T[]): ReadonlyMap<SwarmOwner, readonly T[]> {
  return Map.groupBy(list, ({ owner }) => owner)
}
