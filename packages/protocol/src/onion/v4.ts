import { concatBytes, utf8Encode } from '../encoding/index.ts'
import { readHeaders, type HeaderMap } from './headers.ts'
import { headLimits, readJsonObject } from './json.ts'
import { OnionError } from './onion-error.ts'
import { padRpc } from './padding.ts'
import { decodeParts, listPieces, partsLength } from './v4-parts.ts'

/** A request to a server. Spec 40 §1.2. */
export interface V4Request {
  readonly method: string
  /** Begins with `/`; may have a query. */
  readonly endpoint: string
  /** By name. A reader gets the names in lower case; a writer's are sent as they are. */
  readonly headers: ReadonlyMap<string, string>
  /** Absent and empty are not the same on the wire. */
  readonly body?: Uint8Array
}

/** The reply of a server. Spec 40 §1.2. */
export interface V4Reply {
  /** The status, 100 to 599. */
  readonly code: number
  readonly headers: HeaderMap
  /** Perhaps empty. */
  readonly body: Uint8Array
}

/**
 * The body of the reply with code 400, as `text/plain; charset=utf-8`, to a payload that did open but cannot be read.
 * Spec 40 §1.2.
 */
export const INVALID_V4_REQUEST = 'Invalid v4 onion request'

/**
 * `l<n>:<json>[<m>:<body>]e`. Spec 20 §4.5. With a `size` it gets exactly that many bytes, by spaces at the end of the
 * JSON, where parsers skip them.
 * @throws {OnionError} `onion.bad-padding` for a size that is too small, or the one that no number of spaces gives,
 * because the length needs a digit more
 */
export function encodeV4Request(request: V4Request, size?: number): Uint8Array {
  return concatBytes(...v4RequestPieces(request, size))
}

/**
 * The same, not joined. Spec 20 §4.5.
 * @throws {OnionError} `onion.bad-padding`
 */
export function v4RequestPieces(request: V4Request, size?: number): readonly Uint8Array[] {
  const parts = requestParts(request)
  const plain = partsLength(parts)
  if (size === undefined || size === plain) return listPieces(parts)
  const [head, ...body] = parts
  const spaces = size > plain ? spacesFor(head.length, size - plain) : 0
  const padded = [padRpc(head, spaces), ...body]
  if (partsLength(padded) !== size) throw new OnionError('onion.bad-padding', { size })
  return listPieces(padded)
}

/** How many bytes it has without a size: what there is to know before one is chosen. Spec 20 §4.5. */
export function v4RequestLength(request: V4Request): number {
  return partsLength(requestParts(request))
}

function requestParts({ method, endpoint, headers, body }: V4Request): readonly [Uint8Array, ...Uint8Array[]] {
  const head = utf8Encode(JSON.stringify({ method, endpoint, headers: Object.fromEntries(headers) }))
  return body === undefined ? [head] : [head, body]
}

/**
 * Reads the payload of a V4 request; `body` is a view. The endpoint must begin with a slash. There is no default content
 * type. A `content-length` is dropped. Spec 40 §1.2.
 * @throws {OnionError} `onion.bad-server-request`
 */
export function decodeV4Request(payload: Uint8Array): V4Request {
  const parts = decodeParts(payload)
  const json = parts && readJsonObject(parts[0], headLimits)
  const headers = json && readHeaders(json.get('headers'))
  const method = json?.get('method')
  const endpoint = json?.get('endpoint')
  if (parts === undefined || headers === undefined || !isMethod(method) || !isEndpoint(endpoint)) {
    throw new OnionError('onion.bad-server-request', { length: payload.length })
  }
  const [, body] = parts
  return { method, endpoint, headers: withoutLength(headers), ...(body === undefined ? {} : { body }) }
}

/** `l<n>:<json><m>:<body>e`, the JSON with `code` and `headers`, whose names should be in lower case. Spec 20 §4.5. */
export function encodeV4Reply(reply: V4Reply): Uint8Array {
  return concatBytes(...v4ReplyPieces(reply))
}

/** The same, not joined: a body of megabytes is copied once, to where it is sealed. Spec 20 §4.5. */
export function v4ReplyPieces({ code, headers, body }: V4Reply): readonly Uint8Array[] {
  const json = JSON.stringify({ code, headers: Object.fromEntries(withoutLength(headers)) })
  return listPieces([utf8Encode(json), body])
}

/**
 * Reads what a server answered; `body` is a view. A missing body is an empty one. Spec 40 §1.2.
 * @throws {OnionError} `onion.bad-server-reply`
 */
export function decodeV4Reply(plaintext: Uint8Array): V4Reply {
  const parts = decodeParts(plaintext)
  const json = parts && readJsonObject(parts[0], headLimits)
  const headers = json && readHeaders(json.get('headers'))
  const code = json?.get('code')
  if (parts === undefined || headers === undefined || !isStatus(code)) {
    throw new OnionError('onion.bad-server-reply', { length: plaintext.length })
  }
  return { code, headers: withoutLength(headers), body: parts[1] ?? new Uint8Array() }
}

/** Whether a value from JSON can be an HTTP status. */
export function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599
}

/** Whether a value from JSON can be an HTTP method: letters only. */
export function isMethod(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]{1,16}$/.test(value)
}

function isEndpoint(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/') && value.isWellFormed()
}

function withoutLength(headers: HeaderMap): HeaderMap {
  return headers.has('content-length') ? new Map([...headers].filter(([name]) => name !== 'content-length')) : headers
}

/** How many spaces make a list longer by so many bytes, when the length before the text may need more digits then. */
function spacesFor(length: number, bytes: number): number {
  const digits = (value: number): number => String(value).length
  let spaces = bytes
  while (spaces + digits(length + spaces) - digits(length) > bytes) spaces--
  return spaces
}
