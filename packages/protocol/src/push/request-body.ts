import { decodeJson, isJsonList, isJsonObject, JsonError, type JsonObject } from '../encoding/index.ts'
import { PushRequestError } from './push-request-error.ts'

/** The requests of one body. Spec 40 §9.1. */
export interface PushRequestBody {
  /** The reply is a list as well then, in the same order. */
  readonly isList: boolean
  readonly items: readonly JsonObject[]
}

/** Spec 40 §9.1. */
const MAX_LENGTH = 100_000

/**
 * Takes apart the body of `/subscribe` or `/unsubscribe`: one request, or a list of them. What is wrong with one of them is
 * found when it is parsed, and concerns no other. Spec 40 §9.1.
 * @throws {PushRequestError} `push-request.too-long`, `push-request.bad-json`
 */
export function parsePushRequests(body: Uint8Array): PushRequestBody {
  if (body.length > MAX_LENGTH) throw new PushRequestError('push-request.too-long', { length: body.length })
  const value = decode(body)
  if (isJsonObject(value)) return { isList: false, items: [value] }
  if (!isJsonList(value) || !value.every(isJsonObject)) throw new PushRequestError('push-request.bad-json')
  return { isList: true, items: value }
}

function decode(body: Uint8Array): ReturnType<typeof decodeJson> {
  try {
    return decodeJson(body, { maxBytes: MAX_LENGTH })
  } catch (cause) {
    if (cause instanceof JsonError) throw new PushRequestError('push-request.bad-json', {}, { cause })
    throw cause
  }
}

/** One request as it is, several as a list. Spec 40 §9.1. */
export function joinPushRequests(requests: readonly string[]): string {
  return requests.length === 1 ? (requests[0] ?? '') : `[${requests.join(',')}]`
}
