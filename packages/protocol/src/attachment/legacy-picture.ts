import { aes256gcmSealInPlace, nonce12, type Nonce12, type SymmetricKey, tryAes256gcmOpen } from '../crypto/index.ts'
import { AttachmentError } from './attachment-error.ts'
import { type BlobLimit, requireBlobSize } from './limits.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a profile picture the way that is still sent: nonce 12 ‖ AES-256-GCM ‖ tag 16. The key is random and stays when
 * the same picture is uploaded again; the nonce never serves twice. Spec 10 §6.1.
 * @throws {AttachmentError} `attachment.too-large`
 */
export function sealLegacyPicture(
  picture: Uint8Array,
  key: SymmetricKey,
  nonce: Nonce12,
  limit: BlobLimit = {},
): Uint8Array {
  requireBlobSize(NONCE_BYTES + picture.length + TAG_BYTES, limit)
  const blob = new Uint8Array(NONCE_BYTES + picture.length + TAG_BYTES)
  blob.set(nonce)
  blob.set(picture, NONCE_BYTES)
  aes256gcmSealInPlace(key, nonce, blob.subarray(NONCE_BYTES))
  return blob
}

/**
 * Opens what `sealLegacyPicture` made. One piece: nothing of it can be trusted before all of it was read. Spec 10 §6.1.
 * @throws {AttachmentError} `attachment.too-large`, `attachment.too-short`, `attachment.open-failed`
 */
export function openLegacyPicture(blob: Uint8Array, key: SymmetricKey, limit: BlobLimit = {}): Uint8Array {
  requireBlobSize(blob.length, limit)
  if (blob.length < NONCE_BYTES + TAG_BYTES) {
    throw new AttachmentError('attachment.too-short', { blobSize: blob.length })
  }
  const nonce = nonce12(blob.subarray(0, NONCE_BYTES))
  const picture = tryAes256gcmOpen(key, nonce, blob.subarray(NONCE_BYTES))
  if (picture === undefined) throw new AttachmentError('attachment.open-failed')
  return picture
}
