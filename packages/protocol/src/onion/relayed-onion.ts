import { x25519PublicKey } from '../crypto/index.ts'
import {
  BencodeError,
  decodeBencode,
  expectBytes,
  optionalNumber,
  optionalText,
  asDict,
  concatBytes,
  utf8Encode,
} from '../encoding/index.ts'
import { parseOnionCipher } from './cipher.ts'
import { MAX_HOPS, requireOnionSize } from './limits.ts'
import { OnionError } from './onion-error.ts'
import type { OnionRequest } from './onion-request.ts'

/** What one node sends to the next: a bencoded dictionary of `data`, `enc_type`, `ephemeral_key`, `hop_no`. Spec 20 §4.7. */
export function encodeRelayedOnion(request: OnionRequest): Uint8Array {
  const { before, bytes, after } = relayedOnionParts(request)
  // Joined once at its size: a writer that grows would copy ten megabytes three times.
  return concatBytes(before, bytes, after)
}

/** The same, not joined: the blob itself, and what stands around it. Spec 20 §4.7. */
export function relayedOnionParts({ blob, cipher, ephemeral, hopNumber }: OnionRequest): {
  readonly before: Uint8Array
  readonly bytes: Uint8Array
  readonly after: Uint8Array
} {
  const after = concatBytes(
    utf8Encode(`8:enc_type${cipher.length}:${cipher}13:ephemeral_key${ephemeral.length}:`),
    ephemeral,
    utf8Encode(`6:hop_noi${hopNumber}ee`),
  )
  return { before: utf8Encode(`d4:data${blob.length}:`), bytes: blob, after }
}

/**
 * Reads what another node sent. A hop number under 1 becomes 1. An unknown cipher is `onion.unknown-cipher`; more hops
 * than 15 are status 400 with the text `onion request max path length exceeded`. Spec 20 §4.6, §4.7.
 * @throws {OnionError} `onion.too-large`, `onion.bad-relay`, `onion.unknown-cipher`, `onion.too-many-hops`
 */
export function decodeRelayedOnion(bytes: Uint8Array): OnionRequest {
  requireOnionSize(bytes.length)
  const { blob, encType, ephemeral, hopNumber } = readFields(bytes)
  if (hopNumber > MAX_HOPS) throw new OnionError('onion.too-many-hops', { hopNumber })
  return { blob, ephemeral, cipher: parseOnionCipher(encType), hopNumber: Math.max(1, hopNumber) }
}

function readFields(bytes: Uint8Array) {
  try {
    const dict = asDict(decodeBencode(bytes, { maxBytes: bytes.length, maxDepth: 4 }))
    return {
      blob: expectBytes(dict, 'data'),
      encType: optionalText(dict, 'enc_type', { maxLength: 32 }),
      ephemeral: x25519PublicKey(expectBytes(dict, 'ephemeral_key', { length: 32 })),
      hopNumber: optionalNumber(dict, 'hop_no') ?? 1,
    }
  } catch (cause) {
    if (!(cause instanceof BencodeError)) throw cause
    throw new OnionError('onion.bad-relay', { length: bytes.length }, { cause })
  }
}
