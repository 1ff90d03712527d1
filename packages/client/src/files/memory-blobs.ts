import { concatBytes } from '@sotto/protocol/encoding'
import { type BlobFolder, type BlobName } from './blob-folder.ts'

/** Blobs that live as long as the program: for tests. */
export class MemoryBlobs implements BlobFolder {
  readonly #blobs = new Map<BlobName, Uint8Array>()

  async list(): Promise<readonly BlobName[]> {
    return [...this.#blobs.keys()]
  }

  async write(name: BlobName, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    let blob: Uint8Array = new Uint8Array(0)
    this.#blobs.set(name, blob)
    for await (const piece of pieces) {
      blob = concatBytes(blob, piece)
      this.#blobs.set(name, blob)
    }
  }

  async read(name: BlobName, at: number, length: number): Promise<Uint8Array | undefined> {
    return this.#blobs.get(name)?.slice(at, at + length)
  }

  async remove(name: BlobName): Promise<void> {
    this.#blobs.delete(name)
  }
}
