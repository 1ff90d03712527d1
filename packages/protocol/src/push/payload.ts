import {
  nonce24,
  tryXchacha20poly1305Open,
  xchacha20poly1305Seal,
  type Nonce24,
  type SymmetricKey,
} from '../crypto/index.ts'
import {
  BencodeError,
  concatBytes,
  decodeBencode,
  encodeBencode,
  trimTail,
  utf8Encode,
  type Bencode,
} from '../encoding/index.ts'
import { PushError } from './push-error.ts'
import { formatMetadata, parseMetadata, type PushMetadata, type PushSubject } from './metadata.ts'

/**
 * What a device learns from a push: which message came, and the message itself if it was small enough. Spec 40 §9.4.
 */
export interface PushNotification {
  readonly metadata: PushMetadata
  /** As it was stored, still encrypted to the account. A view. */
  readonly body: Uint8Array | undefined
}

/** Longer messages are announced, and fetched from the swarm. Spec 40 §9.4. */
export const MAX_PUSH_BODY = 2500

const BLOCK = 256
/** nonce 24 ‖ tag 16 */
const OVERHEAD = 40
/** Push services carry about 4 KiB. */
const MAX_LENGTH = 16_384

/**
 * Seals a notification to a device: nonce 24 ‖ XChaCha20-Poly1305 of a bencoded list, metadata and perhaps the body, filled
 * with zeros to a multiple of 256. A body over 2500 bytes is left out and said to be. Spec 40 §9.4.
 */
export function sealPushPayload(
  about: PushSubject,
  body: Uint8Array | undefined,
  key: SymmetricKey,
  nonce: Nonce24,
): Uint8Array {
  const omitted = body !== undefined && body.length > MAX_PUSH_BODY
  const metadata = { ...about, bodyLength: body?.length, bodyOmitted: omitted }
  const head = utf8Encode(formatMetadata(metadata))
  const list = encodeBencode(body === undefined || omitted ? [head] : [head, body])
  const padded = new Uint8Array(Math.ceil(list.length / BLOCK) * BLOCK)
  padded.set(list)
  return concatBytes(nonce, xchacha20poly1305Seal(key, nonce, padded))
}

/**
 * Opens what a push service delivered. Spec 40 §9.4.
 * @throws {PushError} `push.too-short`, `push.too-long`, `push.open-failed`, `push.bad-payload`, `push.bad-metadata`,
 * `push.wrong-length`
 */
export function openPushPayload(payload: Uint8Array, key: SymmetricKey): PushNotification {
  return parsePushPlaintext(decryptPushPayload(payload, key))
}

/**
 * The plaintext of a payload without its padding, whatever it is. A view into a fresh array. Spec 10 §2.5.
 * @throws {PushError} `push.too-short`, `push.too-long`, `push.open-failed`
 */
export function decryptPushPayload(payload: Uint8Array, key: SymmetricKey): Uint8Array {
  if (payload.length < OVERHEAD) throw new PushError('push.too-short', { length: payload.length })
  if (payload.length > MAX_LENGTH) throw new PushError('push.too-long', { length: payload.length })
  const padded = tryXchacha20poly1305Open(key, nonce24(payload.subarray(0, 24)), payload.subarray(24))
  if (padded === undefined) throw new PushError('push.open-failed', { length: payload.length })
  return trimTail(padded)
}

/** Elements after the second are for readers to come. */
function parsePushPlaintext(plaintext: Uint8Array): PushNotification {
  const list = decodeList(plaintext)
  const [head, body] = list
  if (head === undefined) throw new PushError('push.bad-payload')
  if (body !== undefined && !(body instanceof Uint8Array)) throw new PushError('push.bad-payload')
  const metadata = parseMetadata(head)
  const expected = metadata.bodyOmitted ? undefined : metadata.bodyLength
  if (body?.length !== expected) throw new PushError('push.wrong-length')
  return { metadata, body }
}

function decodeList(plaintext: Uint8Array): readonly Bencode[] {
  let value
  try {
    value = decodeBencode(plaintext, { unorderedKeys: true })
  } catch (cause) {
    if (cause instanceof BencodeError) throw new PushError('push.bad-payload', {}, { cause })
    throw cause
  }
  if (!Array.isArray(value)) throw new PushError('push.bad-payload')
  return value
}
