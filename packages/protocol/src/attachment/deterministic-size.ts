import { SECRET_STREAM_OVERHEAD } from '../crypto/index.ts'
import { requireSize } from './limits.ts'

/** How much of the plain stream each chunk holds. Spec 10 §6.3. */
export const CHUNK_BYTES = 32_768
/** What it becomes. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + SECRET_STREAM_OVERHEAD
/** `S`, and the header of the stream 24. */
export const PREFIX_BYTES = 25

/**
 * How many bytes of padding precede the file: 1 at least. Spec 10 §6.3.1, whose letters are used here.
 * @throws {AttachmentError} `attachment.bad-size`
 */
export function deterministicPadding(sizeBytes: number): number {
  requireSize(sizeBytes)
  const c = Math.ceil(sizeBytes / CHUNK_BYTES)
  const e = sizeBytes + PREFIX_BYTES + 1 + SECRET_STREAM_OVERHEAD * c
  const f = paddingStep(e)
  const p0 = Math.ceil(e / f) * f - e + 1
  // The padding makes chunks of its own, and may push the end of the file into another one.
  const spill = p0 % SEALED_CHUNK_BYTES > CHUNK_BYTES * c - sizeBytes ? 1 : 0
  return p0 - SECRET_STREAM_OVERHEAD * (Math.floor(p0 / SEALED_CHUNK_BYTES) + spill)
}

/**
 * How long the encrypted file is. Spec 10 §6.3.
 * @throws {AttachmentError} `attachment.bad-size`
 */
export function deterministicBlobSize(sizeBytes: number): number {
  const plain = deterministicPadding(sizeBytes) + sizeBytes
  return PREFIX_BYTES + plain + SECRET_STREAM_OVERHEAD * Math.ceil(plain / CHUNK_BYTES)
}

/** 2^⌊log2(max(e, 131072))⌋ / 32, without the rounding of logarithms. */
function paddingStep(e: number): number {
  let step = 4096
  while (step * 64 <= e) step *= 2
  return step
}
