import { MAX_REPLY_ENTRIES } from '../limits.ts'
import { type MessageHash, sortHashes } from '../message-hash.ts'
import { type Namespace, toNamespace } from '../namespace.ts'
import { readHashes } from '../wire/common-fields.ts'
import { type Wire } from '../wire/wire.ts'
import { type WireReader } from '../wire/wire-reader.ts'

/** Hashes of one namespace, or by namespace if all of them were meant. Spec 20 §3.9. */
export type HashesByScope = readonly MessageHash[] | ReadonlyMap<Namespace, readonly MessageHash[]>

/** A list, or an object of lists by namespace. */
export function readHashesByScope(value: WireReader): HashesByScope {
  if (value.isList()) return readHashes(value)
  const byNamespace = new Map<Namespace, readonly MessageHash[]>()
  const fields = value.fields()
  if (fields.size > MAX_REPLY_ENTRIES) throw value.error('storage.too-many', fields.size)
  for (const key of fields.keys()) {
    if (!/^-?[0-9]{1,5}$/.test(key)) throw value.bad()
    byNamespace.set(
      value.read(() => toNamespace(Number(key))),
      readHashes(fields.require(key)),
    )
  }
  return byNamespace
}

/** Undone by {@link readHashesByScope}. */
export function formatHashesByScope(hashes: HashesByScope): Wire {
  if (!(hashes instanceof Map)) return sortHashes(hashes as readonly MessageHash[])
  return new Map(Array.from(hashes, ([namespace, list]) => [String(namespace), sortHashes(list)]))
}

/** All of them together in the order of ASCII, one behind the other: as nodes sign them. Spec 20 §3.9. */
export function allHashesText(hashes: HashesByScope): string {
  return sortHashes(hashes instanceof Map ? [...hashes.values()].flat() : (hashes as readonly MessageHash[])).join('')
}
