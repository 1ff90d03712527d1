import { x25519PublicKey, type X25519PublicKey } from '../../crypto/index.ts'
import { maxSealedLength, SealError } from '../seal-error.ts'
import { isV2Message } from './recognise.ts'

const indicatorAt = 2
const ephemeralAt = 4
const ciphertextAt = 36
const bodyAt = 1124

/** Total lengths are multiples of this, and not less than six of them. */
const block = 256
const tagLength = 16

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
  const total = Math.max(6, Math.ceil((bodyAt + length + tagLength) / block)) * block
  return total - bodyAt - tagLength
}

/** @throws {SealError} `seal.other-version`, `seal.bad-length` */
export function splitV2Message(data: Uint8Array): V2Parts {
  if (!isV2Message(data)) throw new SealError('seal.other-version')
  const { length } = data
  if (length < bodyAt + tagLength || length > maxSealedLength) throw new SealError('seal.bad-length', { length })
  return {
    indicator: data.subarray(indicatorAt, ephemeralAt),
    ephemeral: x25519PublicKey(data.subarray(ephemeralAt, ciphertextAt)),
    mlKemCiphertext: data.subarray(ciphertextAt, bodyAt),
    body: data.subarray(bodyAt),
  }
}
