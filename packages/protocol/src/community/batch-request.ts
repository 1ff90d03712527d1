import {
  decodeBase64,
  encodeBase64,
  EncodingError,
  utf8Encode,
  decodeJson,
  formatJson,
  isJsonList,
  isJsonObject,
  JsonError,
  type Json,
  type JsonObject,
} from '../encoding/index.ts'
import { CommunityError } from './community-error.ts'

/** Methods that a request inside of another one can have. Spec 40 §5.1. */
export type SubRequestMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What POST and PUT carry. Spec 40 §5.1. */
export type SubRequestBody =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** One request of a `/batch` or `/sequence`. Whoever sends them all is the one who asks; it needs no headers. Spec 40 §5.1. */
export interface SubRequest {
  readonly method: SubRequestMethod
  /** Begins with `/`. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** There for POST and PUT, and for them only. */
  readonly body: SubRequestBody | undefined
}

/** How many requests one batch should hold; existing servers set no limit. Spec 40 §5.1. */
export const MAX_SUB_REQUESTS = 100

const methods: ReadonlyMap<string, SubRequestMethod> = new Map([
  ['GET', 'GET'],
  ['POST', 'POST'],
  ['PUT', 'PUT'],
  ['DELETE', 'DELETE'],
])
const MAX_HEADERS = 64

/** The body of `/batch` and `/sequence`. What has no value is left out: a null would count as a body. Spec 40 §5.1, trap 3. */
export function formatBatch(requests: readonly SubRequest[]): Uint8Array {
  return utf8Encode(formatJson(requests.map(formatSubRequest)))
}

/**
 * Reads the body of `/batch` or `/sequence`; all of it is checked before anything runs. Spec 40 §5.1.
 * @throws {CommunityError} `community.bad-batch`
 */
export function parseBatch(body: Uint8Array, maxRequests = MAX_SUB_REQUESTS): readonly SubRequest[] {
  const list = decode(body)
  if (!isJsonList(list) || list.length > maxRequests) throw new CommunityError('community.bad-batch')
  return list.map(parseSubRequest)
}

/** The bytes that a handler is given, and what they are unless a header says otherwise. Spec 40 §5.1. */
export function subRequestBytes(body: SubRequestBody): { readonly bytes: Uint8Array; readonly contentType: string } {
  return body.kind === 'json'
    ? { bytes: utf8Encode(formatJson(body.value)), contentType: 'application/json' }
    : { bytes: body.bytes, contentType: 'application/octet-stream' }
}

function formatSubRequest({ method, path, headers, body }: SubRequest): JsonObject {
  const members = new Map<string, Json>([
    ['method', method],
    ['path', path],
  ])
  if (headers.size > 0) members.set('headers', headers)
  if (body?.kind === 'json') members.set('json', body.value)
  if (body?.kind === 'bytes') members.set('b64', encodeBase64(body.bytes))
  return members
}

function decode(body: Uint8Array): Json {
  try {
    return decodeJson(body)
  } catch (cause) {
    if (cause instanceof JsonError) throw new CommunityError('community.bad-batch', { length: body.length }, { cause })
    throw cause
  }
}

function parseSubRequest(value: Json, index: number): SubRequest {
  const members = isJsonObject(value) ? value : new Map<string, Json>()
  const method = methods.get(textOf(members.get('method')))
  const path = textOf(members.get('path'))
  const headers = parseHeaders(members.get('headers'))
  if (method === undefined || !path.startsWith('/') || headers === undefined) {
    throw new CommunityError('community.bad-batch', { index })
  }
  return { method, path, headers, body: parseBody(members, method, index) }
}

/** A body that is null is there all the same. */
function parseBody(members: JsonObject, method: SubRequestMethod, index: number): SubRequestBody | undefined {
  const given = ['json', 'b64', 'bytes'].filter(name => members.has(name))
  const wanted = method === 'POST' || method === 'PUT' ? 1 : 0
  if (given.length !== wanted) throw new CommunityError('community.bad-batch', { index })
  const [name = ''] = given
  if (wanted === 0) return undefined
  const value = members.get(name) ?? null
  if (name === 'json') return { kind: 'json', value }
  if (typeof value !== 'string') throw new CommunityError('community.bad-batch', { index })
  return { kind: 'bytes', bytes: name === 'b64' ? decodeBytes(value, index) : utf8Encode(value) }
}

function decodeBytes(text: string, index: number): Uint8Array {
  try {
    return decodeBase64(text)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new CommunityError('community.bad-batch', { index }, { cause })
    throw cause
  }
}

/** `undefined` for headers that are none. */
function parseHeaders(value: Json | undefined): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>()
  if (value === undefined) return headers
  if (!isJsonObject(value) || value.size > MAX_HEADERS) return undefined
  for (const [name, text] of value) {
    if (typeof text !== 'string') return undefined
    headers.set(name.toLowerCase(), text)
  }
  return headers
}

/** Empty for anything but a text. */
function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
