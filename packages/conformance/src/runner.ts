import type { CaseReader } from './case-reader.ts'
import { isList, isObject, member, type Json, type JsonObject } from './json.ts'
import type { VectorFile } from './vector-file.ts'

/** Knows the cases of one name and shape. A name can have several runners, each for its own shape. */
export interface Runner {
  /** The name of the group; in files of vectors with ids, the id up to its first dot. */
  readonly group: string
  /**
   * Members that a case of this shape has, itself or through its group. `input.seed_hex` is a member of a member,
   * `input.0` the first entry of a list.
   * Name those that tell the shape from others of the same name, and no optional ones.
   */
  readonly has: readonly string[]
  /** Runs one case through the library. May throw: the case fails with the message. */
  readonly run: (c: CaseReader, file: VectorFile) => void
}

/** Cases that the library contradicts on purpose. They are listed with the reason and are no failures. */
export interface Refusal {
  readonly group: string
  readonly has: readonly string[]
  /** One sentence, with the section of the specification that decides it. */
  readonly refused: string
}

/** What the table of groups holds. */
export type Entry = Runner | Refusal

/**
 * The entry of that name whose members the case has; of several, the one that names the most. `shared` are the
 * members of its group.
 */
export function entryFor(
  entries: readonly Entry[],
  group: string,
  members: JsonObject,
  shared: JsonObject = {},
): Entry | undefined {
  return entries
    .filter(entry => entry.group === group)
    .filter(entry => entry.has.every(path => hasPath(members, path) || hasPath(shared, path)))
    .reduce<Entry | undefined>((best, entry) => (entry.has.length > (best?.has.length ?? -1) ? entry : best), undefined)
}

function hasPath(members: JsonObject, path: string): boolean {
  let value: Json | undefined = members
  for (const name of path.split('.')) {
    if (isObject(value)) value = member(value, name)
    else value = isList(value) ? value[Number(name)] : undefined
  }
  return value !== undefined
}
