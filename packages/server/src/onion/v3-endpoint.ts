import { utf8Encode } from '@sotto/protocol/encoding'
import { decodeV3Request, encodeV3Reply, OnionError, type V3Request } from '@sotto/protocol/onion'
import type { ServerRequest } from '../listener/route.ts'
import type { RouteTable } from '../listener/route-table.ts'
import { answerInner, type InnerRequest } from './inner-request.ts'

/** Completes an endpoint without leading slash: `/legacy/…` for communities, `/…` for files. Spec 40 §1.3. */
export type LegacyEndpoint = (endpoint: string) => string

/** Answers a V3 payload with the plaintext of the reply. What it does not understand is `{"status_code":400}`. */
export async function answerV3(
  payload: Uint8Array,
  options: { readonly inner: RouteTable; readonly legacyEndpoint: LegacyEndpoint },
  outer: ServerRequest,
): Promise<Uint8Array> {
  const request = read(payload)
  if (request === undefined) return encodeV3Reply(400, new Uint8Array())
  const { status, body } = await answerInner(options.inner, innerOf(request, options.legacyEndpoint), outer)
  return encodeV3Reply(status, typeof body === 'string' ? utf8Encode(body) : body)
}

function read(payload: Uint8Array): V3Request | undefined {
  try {
    return decodeV3Request(payload)
  } catch (error) {
    if (error instanceof OnionError) return undefined
    throw error
  }
}

/** The type of a body is always JSON; `auth_code` counts only where the endpoint is a legacy one. */
function innerOf({ method, endpoint, headers, body, authCode }: V3Request, legacy: LegacyEndpoint): InnerRequest {
  const isLegacy = !endpoint.startsWith('/')
  const lines = new Map(headers)
  lines.set('content-type', 'application/json')
  if (isLegacy && authCode !== undefined) lines.set('authorization', authCode)
  return {
    method,
    endpoint: isLegacy ? legacy(endpoint) : endpoint,
    headers: lines,
    body: utf8Encode(body ?? ''),
  }
}
