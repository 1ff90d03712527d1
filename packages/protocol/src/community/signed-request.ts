import { blake2b, type X25519PublicKey } from '../crypto/index.ts'
import { concatBytes, utf8Encode } from '../encoding/index.ts'
import { type Endpoint, OnionError, parseEndpoint } from '../onion/index.ts'
import { CommunityError } from './community-error.ts'

/** A request as it is sent: direct, or the inner one of an onion request. Spec 40 §3. */
export interface CommunityRequest {
  readonly method: string
  /** Begins with `/`; percent-encoded or raw UTF-8, with its query. */
  readonly path: string
  /** None and empty are the same. */
  readonly body?: Uint8Array
}

/**
 * What a request's signature covers: server 32 ‖ nonce 16 ‖ timestamp ‖ METHOD ‖ path ‖ BLAKE2b-64(body). The timestamp is the
 * header's text, whose zeros count; without a body there is no hash. Spec 40 §3.
 * @throws {CommunityError} `community.bad-path`
 */
export function signedRequestText(
  server: X25519PublicKey,
  nonce: Uint8Array,
  timestamp: string,
  { method, path, body }: CommunityRequest,
): Uint8Array {
  const head = utf8Encode(timestamp + method.toUpperCase())
  const bodyHash = body === undefined || body.length === 0 ? new Uint8Array(0) : blake2b(64, body)
  return concatBytes(server, nonce, head, signedPath(path), bodyHash)
}

/**
 * The path with every percent escape decoded, even those of `/` and `?`, then the query as it is; an empty query has no `?`.
 * Spec 40 §3, traps 1 and 36.
 * @throws {CommunityError} `community.bad-path` without a first slash, for half an escape, for what is not UTF-8
 */
export function signedPath(path: string): Uint8Array {
  const endpoint = splitPath(path)
  return utf8Encode(endpoint.query === '' ? endpoint.path : `${endpoint.path}?${endpoint.query}`)
}

function splitPath(path: string): Endpoint {
  try {
    return parseEndpoint(path)
  } catch (cause) {
    if (cause instanceof OnionError) throw new CommunityError('community.bad-path', { length: path.length }, { cause })
    throw cause
  }
}
