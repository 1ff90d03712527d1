import { concatBytes } from '@sotto/protocol/encoding'
import { type BlobFolder, type BlobName } from './blob-folder.ts'

/** Blobs that live as long as the program: for tests. */
export class MemoryBlobs implements BlobFolder {
  /** In the pieces in which they were written, until they are read. */
  readonly #blobs = new Map<BlobName, Uint8Array[]>()

  async list(): Promise<readonly BlobName[]> {
    return [...this.#blobs.keys()]
  }

  async write(name: BlobName, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const written: Uint8Array[] = []
    this.#blobs.set(name, written)
    for await (const piece of pieces) written.push(Uint8Array.from(piece))
  }

  async read(name: BlobName, at: number, length: number): Promise<Uint8Array | undefined> {
    const pieces = this.#blobs.get(name)
    if (pieces === undefined) return undefined
    const [whole = new Uint8Array(0)] = pieces.length > 1 ? [concatBytes(...pieces)] : pieces
    pieces.splice(0, pieces.length, whole)
    return whole.slice(at, at + length)
  }

  async remove(name: BlobName): Promise<void> {
    this.#blobs.delete(name)
  }
}
