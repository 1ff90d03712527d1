import { type RandomBytes, Secret, SymmetricKey, wipeBytes } from '../crypto/index.ts'
import { AttachmentError } from './attachment-error.ts'

/** 64 bytes: AES key 32 ‖ MAC key 32; as in `AttachmentPointer.key`. For one file only. Spec 10 §6.2. */
export class LegacyAttachmentKey extends Secret {
  override readonly kind = 'LegacyAttachmentKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 64)
  }
}

/** Draws the key of a new file. Spec 10 §6.2. */
export function createLegacyAttachmentKey(random: RandomBytes): LegacyAttachmentKey {
  const bytes = random(64)
  const key = new LegacyAttachmentKey(bytes)
  wipeBytes(bytes)
  return key
}

/** The first half. */
export function aesKeyOf(key: LegacyAttachmentKey): SymmetricKey {
  return new SymmetricKey(key.expose().subarray(0, 32))
}

/** The second half: a view. */
export function macKeyOf(key: LegacyAttachmentKey): Uint8Array {
  return key.expose().subarray(32)
}

/** @throws {AttachmentError} `attachment.bad-iv` unless it has 16 bytes */
export function requireIv(iv: Uint8Array): void {
  if (iv.length !== IV_BYTES) throw new AttachmentError('attachment.bad-iv', { length: iv.length })
}

/** At the beginning of the blob. */
export const IV_BYTES = 16
/** At its end. */
export const MAC_BYTES = 32
/** How much is encrypted at a time: large enough that starting the cipher anew costs nothing. */
export const LEGACY_STEP_BYTES = 65_536
