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
} from '../encoding/index.ts'
import { CommunityError } from './community-error.ts'

/** What came of one request of a batch. Spec 40 §5.1. */
export interface SubReply {
  /** A HTTP status. */
  readonly code: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: SubReplyBody
}

/** JSON if the content type is just `application/json`, otherwise bytes. Spec 40 §5.1. */
export type SubReplyBody =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** The reply to `/batch` or `/sequence`, in the order of the requests. Spec 40 §5.1. */
export function formatBatchReply(replies: readonly SubReply[]): Uint8Array {
  return utf8Encode(formatJson(replies.map(formatSubReply)))
}

/**
 * Reads the reply to a batch of `requests` requests, of which a sequence leaves out those after the first failure. A request that
 * crashed a server comes without headers. Spec 40 §5.1.
 * @throws {CommunityError} `community.bad-reply`
 */
export function parseBatchReply(body: Uint8Array, requests: number): readonly SubReply[] {
  const list = decode(body)
  if (!isJsonList(list) || list.length > requests) throw new CommunityError('community.bad-reply')
  return list.map(parseSubReply)
}

function formatSubReply({ code, headers, body }: SubReply): Json {
  const value = body.kind === 'json' ? body.value : encodeBase64(body.bytes)
  return new Map<string, Json>([
    ['code', code],
    ['headers', headers],
    ['body', value],
  ])
}

function decode(body: Uint8Array): Json {
  try {
    return decodeJson(body)
  } catch (cause) {
    if (cause instanceof JsonError) throw new CommunityError('community.bad-reply', { length: body.length }, { cause })
    throw cause
  }
}

function parseSubReply(value: Json, index: number): SubReply {
  const code = isJsonObject(value) ? value.get('code') : undefined
  if (!isJsonObject(value) || typeof code !== 'number' || !Number.isInteger(code) || code < 100 || code > 599) {
    throw new CommunityError('community.bad-reply', { index })
  }
  const headers = parseHeaders(value.get('headers'), index)
  const body = value.get('body') ?? null
  if (headers.get('content-type') === 'application/json') return { code, headers, body: { kind: 'json', value: body } }
  return { code, headers, body: { kind: 'bytes', bytes: decodeBytes(body, index) } }
}

function parseHeaders(value: Json | undefined, index: number): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  if (value === undefined || value === null) return headers
  if (!isJsonObject(value)) throw new CommunityError('community.bad-reply', { index })
  for (const [name, text] of value) if (typeof text === 'string') headers.set(name.toLowerCase(), text)
  return headers
}

/** No body at all, as with 304, is empty (trap 8 of spec 40). */
function decodeBytes(body: Json, index: number): Uint8Array {
  if (body === null) return new Uint8Array(0)
  if (typeof body !== 'string') throw new CommunityError('community.bad-reply', { index })
  try {
    return decodeBase64(body)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new CommunityError('community.bad-reply', { index }, { cause })
    throw cause
  }
}
