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
    requireReadable(step.value, bytes.length, reads)
    const { at, length } = step.value
    step = reading.next(bytes.subarray(at, at + length))
  }
  return step.value
}

/** A file that is not in memory. */
export interface FileSource {
  readonly sizeBytes: number
  /** So many bytes from a position, all of them. */
  readonly read: (at: number, length: number) => Promise<Uint8Array>
}

/** What is asked for lies mostly close together. */
const WINDOW_BYTES = 65_536

/** The same in a file that is not in memory. @throws {AttachmentsError} `attachments.bad-image` and what `read` throws */
export async function readThrough<T>({ read: fetch, sizeBytes }: FileSource, reading: Reading<T>): Promise<T> {
  let window: { readonly at: number; readonly bytes: Uint8Array } = { at: 0, bytes: new Uint8Array() }
  let step = reading.next()
  for (let reads = 0; step.done !== true; reads++) {
    requireReadable(step.value, sizeBytes, reads)
    const { at, length } = step.value
    if (at < window.at || at + length > window.at + window.bytes.length) {
      window = { at, bytes: await fetch(at, Math.min(Math.max(length, WINDOW_BYTES), sizeBytes - at)) }
    }
    step = reading.next(window.bytes.subarray(at - window.at, at - window.at + length))
  }
  return step.value
}

function requireReadable({ at, length }: Span, sizeBytes: number, reads: number): void {
  const isInside = at >= 0 && length >= 0 && at + length <= sizeBytes
  if (!isInside || length > MAX_READ_BYTES || reads === MAX_READS) throw badImage(at)
}

/** @throws {AttachmentsError} `attachments.bad-image` if they are more than the file, which only parts that overlap can be */
export function requirePlausible(patches: readonly Patch[], sizeBytes: number): void {
  const total = patches.reduce((sum, { length }) => sum + length, 0)
  if (total > sizeBytes) throw badImage(0)
}

/** A copy of a part of a file, from `offset` on, with what is to be overwritten in it. */
export function withPatches(bytes: Uint8Array, patches: readonly Patch[], offset = 0): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (const { at, head, length } of patches) {
    const from = at - offset
    if (from >= copy.length || from + length <= 0) continue
    copy.fill(0, Math.max(0, from), from + length)
    if (head === undefined) continue
    const begin = Math.max(0, -from)
    if (begin < head.length) copy.set(head.subarray(begin, Math.max(begin, copy.length - from)), from + begin)
  }
  return copy
}
