import { StorageError } from '../../accounts/storage-error.ts'
import { type BlobFolder, type BlobName } from '../../files/blob-folder.ts'

/** Sealed files in a folder of the origin's private file system, which is made when the first one comes. For a dedicated worker. */
export class OpfsBlobs implements BlobFolder {
  readonly #open: (create: boolean) => Promise<FileSystemDirectoryHandle>

  /** `open` gives the folder, and rejects with `NotFoundError` if it is not there and not to be made. */
  constructor(open: (create: boolean) => Promise<FileSystemDirectoryHandle>) {
    this.#open = open
  }

  async list(): Promise<readonly BlobName[]> {
    const names = await withStorageErrors(async () => {
      const found: BlobName[] = []
      for await (const [name] of (await this.#open(false)).entries()) found.push(name)
      return found
    })
    return names ?? []
  }

  async write(name: BlobName, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    await withStorageErrors(async () => {
      const handle = await (await this.#open(true)).getFileHandle(name, { create: true })
      const file = await handle.createSyncAccessHandle()
      try {
        let at = 0
        for await (const piece of pieces) at += writeAll(file, piece, at)
        file.flush()
      } finally {
        file.close()
      }
    })
  }

  async read(name: BlobName, at: number, length: number): Promise<Uint8Array | undefined> {
    return withStorageErrors(async () => {
      const file = await (await (await this.#open(false)).getFileHandle(name)).getFile()
      return new Uint8Array(await file.slice(at, at + length).arrayBuffer())
    })
  }

  async remove(name: BlobName): Promise<void> {
    await withStorageErrors(async () => (await this.#open(false)).removeEntry(name))
  }
}

function writeAll(file: FileSystemSyncAccessHandle, piece: Uint8Array, start: number): number {
  // The library takes no bytes of shared memory, and is never given any.
  const bytes = piece as Uint8Array<ArrayBuffer>
  for (let written = 0; written < bytes.length;) {
    const count = file.write(bytes.subarray(written), { at: start + written })
    if (count === 0) throw new StorageError('storage.full')
    written += count
  }
  return bytes.length
}

/** `undefined` for what is not there. */
async function withStorageErrors<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run()
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause
    if (cause.name === 'NotFoundError') return undefined
    throw new StorageError(cause.name === 'QuotaExceededError' ? 'storage.full' : 'storage.failed', {}, { cause })
  }
}
