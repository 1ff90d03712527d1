import {
  decodeJson,
  EncodingError,
  isJsonList,
  isJsonObject,
  type Json,
  JsonError,
  type JsonObject,
  utf8Encode,
} from '@sotto/protocol/encoding'
import { type NodeId, tryParseNodeId } from '@sotto/protocol/swarm'
import { type SavedState, stateBounds } from './saved-state.ts'

const VERSION = 1
const MAX_BYTES = 262_144
const MAX_VERSION_LENGTH = 32

type Fields = ReadonlyMap<string, Json>
class NotASavedState extends Error {}

/** JSON with a version number. Undone by {@link decodeState}. */
export function encodeState(state: SavedState): Uint8Array {
  return utf8Encode(JSON.stringify({ version: VERSION, ...state }))
}

/**
 * `undefined` for anything that is not a saved state of this version: then the device begins anew, which is safer than to
 * believe half of it.
 */
export function decodeState(bytes: Uint8Array): SavedState | undefined {
  try {
    return readState(decodeJson(bytes, { maxBytes: MAX_BYTES, maxDepth: 4 }))
  } catch (error) {
    if (error instanceof NotASavedState || error instanceof JsonError || error instanceof EncodingError)
      return undefined
    throw error
  }
}

function readState(json: Json): SavedState {
  const fields = object(json)
  if (fields.get('version') !== VERSION) throw new NotASavedState()
  return {
    guards: list(fields, 'guards', stateBounds.guards, entry => ({
      id: nodeId(entry),
      since: time(entry, 'since'),
      until: time(entry, 'until'),
      absentSince: time(entry, 'absentSince'),
      absentLists: time(entry, 'absentLists'),
    })),
    former: list(fields, 'former', stateBounds.former, entry => ({ id: nodeId(entry), until: time(entry, 'until') })),
    pool: list(fields, 'pool', stateBounds.pool, entry => ({ id: nodeId(entry), until: time(entry, 'until') })),
    strikes: list(fields, 'strikes', stateBounds.strikes, entry => ({
      id: nodeId(entry),
      count: time(entry, 'count'),
      at: time(entry, 'at'),
    })),
    abilities: list(fields, 'abilities', stateBounds.abilities, entry => ({
      id: nodeId(entry),
      canHold: flag(entry, 'canHold'),
      version: versionText(entry),
      until: time(entry, 'until'),
    })),
  }
}

/** No node twice. */
function list<Item extends { readonly id: NodeId }>(
  fields: Fields,
  name: string,
  bound: number,
  read: (entry: JsonObject) => Item,
): readonly Item[] {
  const items = fields.get(name)
  if (items === undefined || !isJsonList(items) || items.length > bound) throw new NotASavedState()
  const all = items.map(item => read(object(item)))
  if (new Set(all.map(({ id }) => id)).size < all.length) throw new NotASavedState()
  return all
}

function object(json: Json): JsonObject {
  if (!isJsonObject(json)) throw new NotASavedState()
  return json
}

function nodeId(entry: JsonObject): NodeId {
  const text = entry.get('id')
  const id = typeof text === 'string' ? tryParseNodeId(text) : undefined
  if (id === undefined) throw new NotASavedState()
  return id
}

/** A whole number that is not negative. */
function time(entry: JsonObject, name: string): number {
  const value = entry.get(name)
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw new NotASavedState()
  return number
}

function flag(entry: JsonObject, name: string): boolean {
  const value = entry.get(name)
  if (typeof value !== 'boolean') throw new NotASavedState()
  return value
}

function versionText(entry: JsonObject): string {
  const value = entry.get('version')
  if (typeof value !== 'string' || value.length > MAX_VERSION_LENGTH) throw new NotASavedState()
  return value
}
