import { utf8Encode } from '../encoding/index.ts'
import { readHeaders, type HeaderMap } from './headers.ts'
import { bodyLimits, readJsonObject } from './json.ts'
import { OnionError } from './onion-error.ts'
import { isMethod, isStatus } from './v4.ts'

/** A request in the older form: one JSON text. Spec 40 §1.3. */
export interface V3Request {
  readonly method: string
  /** May lack the leading slash: what stands before it then is the server's business. */
  readonly endpoint: string
  readonly headers: HeaderMap
  readonly body?: string
  readonly authCode?: string
}

/** The answer in the older form. Of an error only the status comes. Spec 40 §1.3. */
export type V3Reply =
  | { readonly kind: 'body'; readonly body: Uint8Array }
  | { readonly kind: 'status'; readonly status: number }

/** A JSON object with the keys in this order. Spec 20 §4.3. */
export function encodeV3Request({ method, endpoint, headers, body, authCode }: V3Request): Uint8Array {
  const optional = {
    ...(body === undefined ? {} : { body }),
    ...(authCode === undefined ? {} : { auth_code: authCode }),
  }
  return utf8Encode(JSON.stringify({ method, endpoint, headers: Object.fromEntries(headers), ...optional }))
}

/**
 * Reads a V3 request. On GET and DELETE the body `null` (the text) is dropped and any other is an error, which is
 * answered as `{"status_code":400}`. Spec 40 §1.3.
 * @throws {OnionError} `onion.bad-server-request`
 */
export function decodeV3Request(payload: Uint8Array): V3Request {
  const json = readJsonObject(payload, bodyLimits)
  const headers = json && readHeaders(json.get('headers') ?? undefined)
  const method = json?.get('method')
  const endpoint = json?.get('endpoint')
  const body = json?.get('body') ?? undefined
  const authCode = json?.get('auth_code') ?? undefined
  const wellTyped =
    headers !== undefined && isMethod(method) && isText(endpoint) && isOptionalText(body) && isOptionalText(authCode)
  if (!wellTyped) throw new OnionError('onion.bad-server-request', { length: payload.length })
  const takesBody = !/^(?:get|delete)$/i.test(method)
  if (!takesBody && body !== undefined && body !== 'null')
    throw new OnionError('onion.bad-server-request', { body: true })
  return {
    method,
    endpoint,
    headers,
    ...(takesBody && body !== undefined ? { body } : {}),
    ...(authCode === undefined ? {} : { authCode }),
  }
}

/** The plaintext of a reply: the body if the status is 2xx, otherwise `{"status_code":n}`. Spec 40 §1.3. */
export function encodeV3Reply(status: number, body: Uint8Array): Uint8Array {
  return status >= 200 && status <= 299 ? body : utf8Encode(`{"status_code":${status}}`)
}

/**
 * A JSON object that says a `status_code` and nothing else is an error; any other plaintext is a body, as a view.
 * Spec 40 §1.3.
 */
export function decodeV3Reply(plaintext: Uint8Array): V3Reply {
  const json = plaintext.length <= 64 ? readJsonObject(plaintext, bodyLimits) : undefined
  const status = json?.size === 1 ? json.get('status_code') : undefined
  return isStatus(status) ? { kind: 'status', status } : { kind: 'body', body: plaintext }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed()
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || isText(value)
}
