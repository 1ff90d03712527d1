import { dirname, join } from 'node:path'
import { type FileId, isContentFileId } from '@sotto/protocol/attachment'
import { diskErrorOf, isMissing } from '../file-error.ts'
import { readFileId } from '../ids/known-id.ts'
import { type ArrivedFile, type FileStorage } from './file-storage.ts'
import { type FileSystem, systemFileSystem } from './file-system.ts'
import { syncFolder } from './sync-file.ts'

const pieceBytes = 65_536

/** Files in a folder, spread over folders: by the last three digits of a number, else by the first two characters. Spec 40 §8.2. */
export class FolderStorage implements FileStorage {
  readonly #root: string
  readonly #fs: FileSystem
  /** Folders that are there and on the disk; at most 1000 + 64 × 64. */
  readonly #folders = new Map<string, Promise<void>>()

  /** `root` is made with the first file. */
  constructor(root: string, fs: FileSystem = systemFileSystem) {
    this.#root = root
    this.#fs = fs
  }

  /** Where a file lies. */
  pathOf(id: FileId): string {
    const folder = isContentFileId(id) ? id.slice(0, 2) : id.padStart(3, '0').slice(-3)
    return join(this.#root, folder, id)
  }

  async put(id: FileId, { path: from }: ArrivedFile): Promise<void> {
    const path = this.pathOf(id)
    const folder = dirname(path)
    await orTyped(async () => {
      await this.#create(folder)
      await this.#fs.rename(from, path)
      await syncFolder(this.#fs, folder)
    })
  }

  async sizeOf(id: FileId): Promise<number | undefined> {
    return unlessMissing(async () => (await this.#fs.stat(this.pathOf(id))).size)
  }

  async read(id: FileId): Promise<Uint8Array | undefined> {
    const bytes = await unlessMissing(async () => this.#fs.readFile(this.pathOf(id)))
    return bytes === undefined ? undefined : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  async *chunks(id: FileId): AsyncIterable<Uint8Array> {
    const file = await orTyped(async () => this.#fs.open(this.pathOf(id), 'r'))
    try {
      for (;;) {
        const piece = new Uint8Array(pieceBytes)
        const { bytesRead } = await file.read(piece, 0, pieceBytes)
        if (bytesRead === 0) return
        yield piece.subarray(0, bytesRead)
      }
    } finally {
      await file.close()
    }
  }

  async remove(id: FileId): Promise<void> {
    await unlessMissing(async () => this.#fs.unlink(this.pathOf(id)))
  }

  async *list(): AsyncIterable<FileId> {
    for (const folder of await this.#names(this.#root)) {
      if (folder.length > 3) continue
      for (const name of await this.#names(join(this.#root, folder))) {
        const id = readFileId(name)
        if (id !== undefined) yield id
      }
    }
  }

  async #names(path: string): Promise<readonly string[]> {
    return (await unlessMissing(async () => this.#fs.readdir(path))) ?? []
  }

  /** Once for each folder: the name of a folder has to be on the disk as well. */
  async #create(folder: string): Promise<void> {
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    const made = this.#make(folder)
    this.#folders.set(folder, made)
    try {
      await made
    } catch (error) {
      this.#folders.delete(folder)
      throw error
    }
  }

  async #make(folder: string): Promise<void> {
    await this.#fs.mkdir(folder, { recursive: true, mode: 0o700 })
    await syncFolder(this.#fs, this.#root)
  }
}

async function orTyped<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw diskErrorOf(cause)
  }
}

async function unlessMissing<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run()
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw diskErrorOf(cause)
  }
}
