import { x25519PublicKey, type X25519PublicKey } from '../../crypto/index.ts'
import { MAX_MESSAGE_BYTES } from '../../storage/index.ts'
import { SealError } from '../seal-error.ts'
import { isV2Message } from './recognise.ts'

const INDICATOR_AT = 2
const EPHEMERAL_AT = 4
const CIPHERTEXT_AT = 36
const BODY_AT = 1124

/** Total lengths are multiples of this, and not less than six of them. */
const BLOCK = 256
const TAG_LENGTH = 16

/**
 * `00 02` ‖ key indicator 2 ‖ ephemeral key 32 ‖ ML-KEM ciphertext 1088, then what is encrypted. The parts are views. Spec
 * 10 §2.6.
 */
export interface V2Parts {
  readonly indicator: Uint8Array
  readonly ephemeral: X25519PublicKey
  /** Random bytes where the recipient's keys were not known. */
  readonly mlKemCiphertext: Uint8Array
  readonly body: Uint8Array
}

/** How many bytes `inner` is padded to, so that with header and tag the total is a multiple of 256. */
export function paddedInnerLength(length: number): number {
  const total = Math.max(6, Math.ceil((BODY_AT + length + TAG_LENGTH) / BLOCK)) * BLOCK
  return total - BODY_AT - TAG_LENGTH
}

/** @throws {SealError} `seal.other-version`, `seal.bad-length` */
export function splitV2Message(data: Uint8Array): V2Parts {
  if (!isV2Message(data)) throw new SealError('seal.other-version')
  const { length } = data
  if (length < BODY_AT + TAG_LENGTH || length > MAX_MESSAGE_BYTES) throw new SealError('seal.bad-length', { length })
  return {
    indicator: data.subarray(INDICATOR_AT, EPHEMERAL_AT),
    ephemeral: x25519PublicKey(data.subarray(EPHEMERAL_AT, CIPHERTEXT_AT)),
    mlKemCiphertext: data.subarray(CIPHERTEXT_AT, BODY_AT),
    body: data.subarray(BODY_AT),
  }
}
