import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageError } from '../../accounts/storage-error.ts'
import { type BlobFolder, type BlobName } from '../../files/blob-folder.ts'
import { syncFolder } from './private-file.ts'

/** Sealed files in a folder (0700), one file (0600) for each; the folder is made when the first one comes. */
export class FolderBlobs implements BlobFolder {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async list(): Promise<readonly BlobName[]> {
    return withStorageErrors(async () => (await whereThere(readdir(this.#path))) ?? [])
  }

  async write(name: BlobName, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    await withStorageErrors(async () => {
      await mkdir(this.#path, { recursive: true, mode: 0o700 })
      const file = await open(join(this.#path, name), 'wx', 0o600)
      try {
        for await (const piece of pieces) await file.writeFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
      syncFolder(this.#path)
    })
  }

  async read(name: BlobName, at: number, length: number): Promise<Uint8Array | undefined> {
    return withStorageErrors(async () => {
      const file = await whereThere(open(join(this.#path, name), 'r'))
      if (file === undefined) return undefined
      try {
        const { size } = await file.stat()
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)))
        let filled = 0
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, at + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return bytes.subarray(0, filled)
      } finally {
        await file.close()
      }
    })
  }

  /** Nobody can read what lay there: its key is gone. */
  async remove(name: BlobName): Promise<void> {
    await withStorageErrors(async () => rm(join(this.#path, name), { force: true }))
  }
}

async function whereThere<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Also what the pieces throw while they are made goes through as it is. */
async function withStorageErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const code = cause instanceof Error && 'syscall' in cause && 'code' in cause ? cause.code : undefined
    if (code === undefined) throw cause
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    throw new StorageError(isFull ? 'storage.full' : 'storage.failed', {}, { cause })
  }
}
