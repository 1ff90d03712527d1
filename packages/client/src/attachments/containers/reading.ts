import { badImage, ImageBytes } from '../images/image-bytes.ts'

/** A part of a file. */
export interface Span {
  readonly at: number
  readonly length: number
}

/** What a part of a file is overwritten with: `head`, then zeros. Nothing moves, so that all offsets in the file still hold. */
export interface Patch extends Span {
  readonly head?: Uint8Array
}

/** Asks for parts of a file, wherever that lies, and is answered with exactly these. */
export type Reading<T> = Generator<Span, T, Uint8Array>

/** More than the index of any file that is sent; a hostile one ends here. */
const MAX_READS = 1_000_000
const MAX_READ_BYTES = 1_048_576

/** Asks for a part. Refuses what lies beyond the end with `attachments.bad-image`, as `ImageBytes` does. */
export function* read(at: number, length: number): Reading<ImageBytes> {
  return new ImageBytes(yield { at, length })
}

/** Reads in a file that is in memory. @throws {AttachmentsError} `attachments.bad-image` */
export function readIn<T>(bytes: Uint8Array, reading: Reading<T>): T {
  let step = reading.next()
  for (let reads = 0; step.done !== true; reads++) {
    const { at, length } = step.value
    const isInside = at >= 0 && length >= 0 && at + length <= bytes.length
    if (!isInside || length > MAX_READ_BYTES || reads === MAX_READS) throw badImage(at)
    step = reading.next(bytes.subarray(at, at + length))
  }
  return step.value
}

/**
 * A copy with these parts overwritten; they lie inside.
 * @throws {AttachmentsError} `attachments.bad-image` if they are more than the file, which only parts that overlap can be
 */
export function withPatches(bytes: Uint8Array, patches: readonly Patch[]): Uint8Array {
  const total = patches.reduce((sum, { length }) => sum + length, 0)
  if (total > bytes.length) throw badImage(0)
  const copy = Uint8Array.from(bytes)
  for (const { at, head, length } of patches) {
    copy.fill(0, at, at + length)
    if (head !== undefined) copy.set(head, at)
  }
  return copy
}
