import { caseHeaders, fileHeaders } from './headers.ts'
import { isList, isObject, member, type Json, type JsonObject } from './json.ts'

/** One case and where it stands in its group: `[3]`, `.lengths[3]`, `.alice_pos`, or nothing for a single case. */
export interface Case {
  readonly place: string
  readonly members: JsonObject
}

/** A group of cases, with the members that all of them share. */
export interface Group {
  readonly name: string
  readonly shared: JsonObject
  readonly cases: readonly Case[]
  /** Each case has an `id`, which only names it. Elsewhere an `id` is data. */
  readonly named?: boolean
}

/** Whether some runner takes these members for a whole case. Decides where the layout alone leaves it open. */
export type IsCase = (group: string, members: JsonObject) => boolean

/**
 * Splits a file into its groups. It is either a list `vectors` of cases with ids, grouped by the id up to its first
 * dot, or an object of groups, each of them a list of cases, a single case, or an object of lists of cases, cases
 * by name and members that they share.
 */
export function groupsOf(file: JsonObject, isCase: IsCase): Group[] {
  const vectors = member(file, 'vectors')
  if (isList(vectors) && vectors.every(hasId)) return groupsById(vectors)
  return Object.entries(file).flatMap(([name, value]) => {
    if (fileHeaders.has(name) || typeof value !== 'object' || value === null) return []
    return isObject(value) ? [groupOfObject(name, value, isCase)] : [{ name, shared: {}, cases: listed('', value) }]
  })
}

function hasId(value: Json): value is JsonObject {
  return isObject(value) && typeof member(value, 'id') === 'string'
}

function idOf(vector: JsonObject): string {
  const id = member(vector, 'id')
  return typeof id === 'string' ? id : ''
}

function groupsById(vectors: readonly JsonObject[]): Group[] {
  const byName = Map.groupBy(vectors, vector => idOf(vector).split('.', 1)[0] ?? '')
  return [...byName].map(([name, members]) => ({
    name,
    shared: {},
    named: true,
    cases: members.map(vector => ({ place: idOf(vector).slice(name.length), members: vector })),
  }))
}

function groupOfObject(name: string, value: JsonObject, isCase: IsCase): Group {
  const single = { name, shared: {}, cases: [{ place: '', members: value }] }
  if (!isList(member(value, 'cases')) && isCase(name, value)) return single
  const inside = Object.entries(value).filter(([inner]) => !caseHeaders.has(inner))
  const isPart = ([inner, part]: readonly [string, Json]): boolean => inner === 'cases' || isListOfCases(part)
  const parts =
    inside.some(isPart) || inside.every(([, part]) => isObject(part))
      ? inside.filter(entry => isPart(entry) || isObject(entry[1]))
      : []
  if (parts.length === 0) return single
  const names = new Set(parts.map(([inner]) => inner))
  return {
    name,
    shared: Object.fromEntries(Object.entries(value).filter(([inner]) => !names.has(inner))),
    cases: parts.flatMap(([inner, part]) => casesOfPart(inner, part)),
  }
}

function isListOfCases(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isObject)
}

function casesOfPart(name: string, part: Json): Case[] {
  if (isList(part)) return listed(name === 'cases' ? '' : `.${name}`, part)
  return [{ place: `.${name}`, members: asMembers(part) }]
}

function listed(prefix: string, list: Json): Case[] {
  return isList(list) ? list.map((entry, at) => ({ place: `${prefix}[${at}]`, members: asMembers(entry) })) : []
}

/** A case that is no object has one member, so that it cannot get lost. */
function asMembers(value: Json): JsonObject {
  return isObject(value) ? value : { value }
}
