import { type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileIdHasher, type FileId } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { diskErrorOf, FileError, isMissing } from '../file-error.ts'
import { type ArrivedFile } from '../storage/file-storage.ts'
import { type FileSystem } from '../storage/file-system.ts'
import { syncFile } from '../storage/sync-file.ts'

/** A file that has come as a whole and is on the disk, under a name that says nothing. */
export interface Arrival extends ArrivedFile {
  /** Made of its bytes. */
  readonly contentId: FileId
}

/** The bytes of a file, at once or as they come. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** The folder of files that are still coming. Whatever is in it when a server starts was never acknowledged, and goes. */
export class Incoming {
  readonly #folder: string
  readonly #fs: FileSystem
  readonly #random: RandomBytes

  constructor(folder: string, { fs, random }: { readonly fs: FileSystem; readonly random: RandomBytes }) {
    this.#folder = folder
    this.#fs = fs
    this.#random = random
  }

  /** Makes the folder, and empties it: how many files were left. */
  async start(): Promise<number> {
    await this.#fs.mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const left = await this.#fs.readdir(this.#folder)
    for (const name of left) await this.#fs.unlink(join(this.#folder, name))
    return left.length
  }

  /**
   * Writes a file down as it comes. If that fails, nothing of it stays.
   * @throws {FileError} `files.too-large`, `files.empty`, `files.no-room`, `files.storage-failed`, `files.sync-failed`
   */
  async receive(pieces: Pieces, maxBytes: number): Promise<Arrival> {
    const path = join(this.#folder, encodeHex(this.#random(16)))
    try {
      const file = await this.#fs.open(path, 'wx', 0o600)
      try {
        return { path, ...(await write(file, pieces, maxBytes)) }
      } finally {
        await file.close()
      }
    } catch (cause) {
      await this.discard(path)
      throw diskErrorOf(cause)
    }
  }

  /** Removes a file, if it is still here. A disk that cannot even do that is cleaned at the next start. */
  async discard(path: string): Promise<void> {
    try {
      await this.#fs.unlink(path)
    } catch (cause) {
      if (!isMissing(cause)) return
    }
  }
}

async function write(file: FileHandle, pieces: Pieces, maxBytes: number): Promise<Omit<Arrival, 'path'>> {
  const hasher = createFileIdHasher()
  let sizeBytes = 0
  try {
    for await (const piece of pieces) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) throw new FileError('files.too-large')
      // Another thread writes while this one hashes, which for ten megabytes takes longer.
      const written = writeAll(file, piece)
      hasher.update(piece)
      await written
    }
    if (sizeBytes === 0) throw new FileError('files.empty')
    await syncFile(file)
    return { sizeBytes, contentId: hasher.finish() }
  } finally {
    hasher.close()
  }
}

/** A disk may take only the beginning. */
async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) {
    const { bytesWritten } = await file.write(piece, at, piece.length - at)
    at += bytesWritten
  }
}
