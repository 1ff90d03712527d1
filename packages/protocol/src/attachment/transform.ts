import { readSource, type AttachmentSource } from './source.ts'

/** Turns one stream of bytes into another, synchronously. What it yields is the receiver's to keep. */
export interface Transform {
  /** What precedes everything. */
  start(): Iterable<Uint8Array>
  /** What the next piece of the input completes. */
  push(piece: Uint8Array): Iterable<Uint8Array>
  /** What is left when the input has ended. */
  finish(): Iterable<Uint8Array>
  /** Gives memory of the libraries back. Called in any case, also after `finish`. */
  close(): void
}

/**
 * Runs a source through a transform, which is closed at the end or when nobody goes on. Chunks are never empty.
 * @throws {AttachmentError} `attachment.source-changed`, and those of the transform
 */
export async function* transformSource(
  source: AttachmentSource,
  sizeBytes: number,
  transform: Transform,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* withoutEmpty(transform.start())
    for await (const piece of readSource(source, sizeBytes)) yield* withoutEmpty(transform.push(piece))
    yield* withoutEmpty(transform.finish())
  } finally {
    transform.close()
  }
}

/** The same for bytes in memory. */
export function* transformBytes(bytes: Uint8Array, transform: Transform): Generator<Uint8Array, void, void> {
  try {
    yield* transform.start()
    yield* transform.push(bytes)
    yield* transform.finish()
  } finally {
    transform.close()
  }
}

function* withoutEmpty(chunks: Iterable<Uint8Array>): Generator<Uint8Array, void, void> {
  for (const chunk of chunks) if (chunk.length > 0) yield chunk
}

/** Where a transform puts a chunk of so many bytes. */
export type Allocate = (sizeBytes: number) => Uint8Array

/** Places in a row within one array, so that the chunks need not be joined: views. */
export function allocateWithin(whole: Uint8Array): Allocate {
  let at = 0
  return sizeBytes => whole.subarray(at, (at += sizeBytes))
}

/** Runs through chunks that are already where they belong. Answers how many bytes they have. */
export function drain(chunks: Iterable<Uint8Array>): number {
  let size = 0
  for (const chunk of chunks) size += chunk.length
  return size
}

/** Joins chunks into a fresh array whose length is known before. */
export function joinChunks(sizeBytes: number, chunks: Iterable<Uint8Array>): Uint8Array {
  const joined = new Uint8Array(sizeBytes)
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}
