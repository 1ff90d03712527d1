import { MAX_ATTACHMENT_BYTES, requireSize } from './limits.ts'

const SMALLEST = 541
const STEP = 1.05

/**
 * How long a file becomes before it is encrypted the legacy way: max(541, ⌊1.05^⌈ln n / ln 1.05⌉⌋), but padding ends at
 * 10 000 000 bytes. Readers take any. Spec 10 §6.2.
 * @throws {AttachmentError} `attachment.bad-size`
 */
export function legacyPaddedSize(sizeBytes: number): number {
  requireSize(sizeBytes)
  const bucket = Math.floor(STEP ** Math.ceil(Math.log(sizeBytes) / Math.log(STEP)))
  // Never less than the file: not above the limit of padding, nor where rounding of the logarithm would cut it.
  return Math.max(sizeBytes, Math.min(MAX_ATTACHMENT_BYTES, Math.max(SMALLEST, bucket)))
}
