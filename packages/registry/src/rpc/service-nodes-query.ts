import { isJsonList, isJsonObject, type Json, type JsonObject } from '@sotto/protocol/encoding'
import { maxNodes } from '../limits.ts'
import { RegistryError } from '../registry-error.ts'

/** What `get_service_nodes` is asked. Spec 20 §1.2. */
export interface ServiceNodesQuery {
  /** Names of the fields that are wanted; `undefined`: all. */
  readonly fields: ReadonlySet<string> | undefined
  /** Leave decommissioned nodes out. */
  readonly activeOnly: boolean
  /** That many, drawn at random; `Infinity`: all, shuffled; `undefined`: all in their order. */
  readonly limit: number | undefined
  /** Only these nodes: hex in lower case. */
  readonly nodes: ReadonlySet<string> | undefined
  /** Hex: if the list in use has this hash, nothing but that is answered. */
  readonly knownHash: string | undefined
}

const maxFields = 128

/**
 * Reads the params of `get_service_nodes` under any of its names. All are optional; null is the same as absent; unknown
 * ones are skipped. `fields` is a list of names or an object of booleans. Spec 20 §1.2.
 * @throws {RegistryError} `registry.bad-request`
 */
export function parseServiceNodesQuery(params: Json | undefined): ServiceNodesQuery {
  const given = params ?? new Map<string, Json>()
  if (!isJsonObject(given)) throw badRequest()
  return {
    fields: parseFields(given.get('fields') ?? undefined),
    activeOnly: parseFlag(given.get('active_only') ?? false),
    limit: parseLimit(given.get('limit') ?? undefined),
    nodes: parseNodes(given.get('service_node_pubkeys') ?? undefined),
    knownHash: parseHash(given, 'poll_block_hash'),
  }
}

function parseFields(value: Json | undefined): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined
  const names = isJsonObject(value) ? wanted(value) : isJsonList(value) ? value.map(textOf) : undefined
  if (names === undefined || names.length > maxFields) throw badRequest()
  return names.length === 0 || names.includes('all') ? undefined : new Set(names)
}

function wanted(fields: JsonObject): string[] {
  return Array.from(fields).flatMap(([name, flag]) => (parseFlag(flag ?? false) ? [name] : []))
}

function parseFlag(value: Json): boolean {
  if (typeof value !== 'boolean') throw badRequest()
  return value
}

function parseLimit(value: Json | undefined): number | undefined {
  if (value === undefined || value === 0) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < -1) throw badRequest()
  return value === -1 ? Infinity : value
}

function parseNodes(value: Json | undefined): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined
  if (!isJsonList(value) || value.length > maxNodes) throw badRequest()
  return value.length === 0 ? undefined : new Set(value.map(id => textOf(id).toLowerCase()))
}

function parseHash(params: JsonObject, name: string): string | undefined {
  const value = params.get(name) ?? ''
  return textOf(value) === '' ? undefined : textOf(value).toLowerCase()
}

function textOf(value: Json): string {
  if (typeof value !== 'string') throw badRequest()
  return value
}

function badRequest(): RegistryError {
  return new RegistryError('registry.bad-request')
}
