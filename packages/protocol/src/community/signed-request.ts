import { blake2b, type X25519PublicKey } from '../crypto/index.ts'
import { concatBytes, EncodingError, utf8Decode, utf8Encode } from '../encoding/index.ts'
import { CommunityError } from './error.ts'

/** A request as it is sent: direct, or the inner one of an onion request. */
export interface CommunityRequest {
  readonly method: string
  /** Begins with `/`; percent-encoded or raw UTF-8, with its query. */
  readonly path: string
  /** None and empty are the same. */
  readonly body?: Uint8Array
}

const PERCENT = 0x25
const SLASH = 0x2f

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
 * Traps 1 and 36 of spec 40.
 * @throws {CommunityError} `community.bad-path` without a first slash, for half an escape, for what is not UTF-8
 */
export function signedPath(path: string): Uint8Array {
  const mark = path.indexOf('?')
  const encoded = utf8Encode(mark < 0 ? path : path.slice(0, mark))
  if (encoded[0] !== SLASH) throw new CommunityError('community.bad-path', { length: path.length })
  const query = mark < 0 || mark === path.length - 1 ? '' : path.slice(mark)
  return concatBytes(percentDecode(encoded), utf8Encode(query))
}

function percentDecode(encoded: Uint8Array): Uint8Array {
  if (!encoded.includes(PERCENT)) return encoded
  const decoded = new Uint8Array(encoded.length)
  let length = 0
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0
    decoded[length++] = byte === PERCENT ? hexDigit(encoded, ++at) * 16 + hexDigit(encoded, ++at) : byte
  }
  return requireUtf8(decoded.subarray(0, length))
}

function hexDigit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x61 + 10
  throw new CommunityError('community.bad-path', { at })
}

function requireUtf8(bytes: Uint8Array): Uint8Array {
  try {
    utf8Decode(bytes)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new CommunityError('community.bad-path', {}, { cause })
    throw cause
  }
  return bytes
}
