import { AttachmentError } from './attachment-error.ts'

/** The largest encrypted file that servers take. Spec 10 §6.3, spec 40 §8.1, spec 70 §6.1 (F10). */
export const MAX_BLOB_BYTES = 10_223_616

/** The largest file whose deterministic encryption is no larger than `MAX_BLOB_BYTES`. Spec 10 §6.3. */
export const MAX_DETERMINISTIC_BYTES = 10_218_286

/** What all clients let people attach; legacy padding does not go beyond it. Spec 10 §6.2, spec 40 §8.1. */
export const MAX_ATTACHMENT_BYTES = 10_000_000

/** Allows more than the existing network takes, or less. Spec 70 §6.1. */
export interface BlobLimit {
  /** Of the encrypted file, in either direction. `MAX_BLOB_BYTES` unless given. */
  readonly maxBlobBytes?: number | undefined
}

/** @throws {AttachmentError} `attachment.bad-size`, `attachment.too-large` */
export function requireBlobSize(sizeBytes: number, { maxBlobBytes = MAX_BLOB_BYTES }: BlobLimit): void {
  requireSize(sizeBytes)
  if (sizeBytes > maxBlobBytes) throw new AttachmentError('attachment.too-large', { sizeBytes, maxBlobBytes })
}

/** @throws {AttachmentError} `attachment.bad-size` */
export function requireSize(sizeBytes: number): void {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new AttachmentError('attachment.bad-size', { sizeBytes })
}
