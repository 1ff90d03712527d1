import { AttachmentError } from './attachment-error.ts'

/**
 * A file that can be read as often as needed, without being in memory as a whole. It must give the same bytes each time:
 * a change of its length is noticed, a change of its bytes between two passes is not. So read from something that nobody
 * else writes to, such as a `Blob` or a private copy. No spec: how files are read is ours.
 */
export interface AttachmentSource {
  readonly sizeBytes: number
  /**
   * Reads from the beginning. Pieces have any length, also none, and are done with when the next is asked for: their memory
   * may serve again. A reader that stops early calls `return` on the iterator.
   */
  open(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** Bytes in memory as a source; a view of them. No spec: how files are read is ours. */
export function memorySource(bytes: Uint8Array): AttachmentSource {
  return { sizeBytes: bytes.length, open: () => [bytes] }
}

/**
 * The pieces of a source, which must have as many bytes as it said before.
 * @throws {AttachmentError} `attachment.source-changed`
 */
export async function* readSource(source: AttachmentSource, sizeBytes: number): AsyncGenerator<Uint8Array, void, void> {
  let read = 0
  for await (const piece of source.open()) {
    read += piece.length
    if (read > sizeBytes) break
    yield piece
  }
  if (read !== sizeBytes) throw new AttachmentError('attachment.source-changed', { sizeBytes, read })
}
