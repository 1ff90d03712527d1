import { x25519PublicKey, type X25519PublicKey } from '../crypto/index.ts'
import {
  decodeFrame,
  decodeHexOrBase64,
  EncodingError,
  tryDecodeHex,
  type Json,
  type JsonObject,
} from '../encoding/index.ts'
import { parseOnionCipher, type OnionCipher } from './cipher.ts'
import { headLimits, readJsonObject } from './json.ts'
import { requireOnionSize } from './limits.ts'
import { OnionError } from './onion-error.ts'

/** A layer as it reaches the one who can open it. Spec 20 §4.1. */
export interface OnionRequest {
  /** nonce ‖ ciphertext ‖ tag 16; a view. */
  readonly blob: Uint8Array
  /** The client's, for this layer. */
  readonly ephemeral: X25519PublicKey
  readonly cipher: OnionCipher
  /** How many nodes it has passed, as the client claims plus one for each that passed it on. */
  readonly hopNumber: number
}

/** A frame taken apart, its JSON read. */
interface JsonFrame {
  readonly blob: Uint8Array
  readonly json: JsonObject
}

/**
 * Reads the body of `POST /onion_req/v2`: length u32 little-endian ‖ blob ‖ JSON. A node answers errors with status 400
 * and plain text `Error parsing onion request: …`; only too large a body is 413. Spec 20 §4.1, §4.6.
 * @throws {OnionError} `onion.too-large`, `onion.truncated`, `onion.bad-json`, `onion.bad-key`, `onion.unknown-cipher`,
 * `onion.bad-hop-number`
 */
export function parseOnionRequest(body: Uint8Array): OnionRequest {
  requireOnionSize(body.length)
  const { blob, json } = readJsonFrame(body)
  const ephemeral = readEphemeral(json.get('ephemeral_key'))
  return { blob, ephemeral, cipher: parseOnionCipher(json.get('enc_type')), hopNumber: readHopNumber(json) }
}

/**
 * Reads what an exit node, or a client without any hops, posts to a server. The same frame; the key may also be in
 * base64. What the JSON says to the exit node is not for the server. Errors are status 400. Spec 40 §1.1.
 * @throws {OnionError} `onion.too-large`, `onion.truncated`, `onion.bad-json`, `onion.bad-key`, `onion.unknown-cipher`
 */
export function parseServerOnion(body: Uint8Array): OnionRequest {
  requireOnionSize(body.length)
  const { blob, json } = readJsonFrame(body)
  const ephemeral = readKey(json.get('ephemeral_key'), decodeHexOrBase64)
  return { blob, ephemeral, cipher: parseOnionCipher(json.get('enc_type')), hopNumber: 0 }
}

/** @throws {OnionError} `onion.truncated`, `onion.bad-json` */
export function readJsonFrame(bytes: Uint8Array): JsonFrame {
  const { blob, rest } = splitFrame(bytes)
  const json = readJsonObject(rest, headLimits)
  if (json === undefined) throw new OnionError('onion.bad-json', { length: rest.length })
  return { blob, json }
}

/** A key in hex, in either case. @throws {OnionError} `onion.bad-key` */
export function readEphemeral(value: Json | undefined): X25519PublicKey {
  return readKey(value, tryDecodeHex)
}

function splitFrame(bytes: Uint8Array): { readonly blob: Uint8Array; readonly rest: Uint8Array } {
  try {
    return decodeFrame(bytes)
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause
    throw new OnionError('onion.truncated', cause.detail, { cause })
  }
}

type DecodeSized = (text: string, size: number) => Uint8Array | undefined

function readKey(value: Json | undefined, decode: DecodeSized): X25519PublicKey {
  if (typeof value !== 'string') throw new OnionError('onion.bad-key')
  const bytes = decode(value, 32)
  if (bytes === undefined) throw new OnionError('onion.bad-key', { length: value.length })
  return x25519PublicKey(bytes)
}

/** Any JSON number is taken; negative ones and fractions too. What is past every limit stays so. */
function readHopNumber(json: JsonObject): number {
  const value = json.has('hop_no') ? json.get('hop_no') : 0
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new OnionError('onion.bad-hop-number')
  return Math.trunc(Math.max(-1, Math.min(Number(value), 255)))
}
