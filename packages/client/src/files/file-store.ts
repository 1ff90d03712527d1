import { type RandomBytes, releaseBytes, SymmetricKey, wipeBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { bytesOf, numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Store, type Tx } from '../store/store.ts'
import { type BlobFolder, type BlobName } from './blob-folder.ts'
import { FileError } from './file-error.ts'
import { openPieces, PIECE_BYTES, placeOf, sealPieces } from './sealed-blob.ts'

/** A file that lies in its place and has no row yet. */
export interface WrittenFile {
  readonly name: BlobName
  readonly key: Uint8Array
  readonly sizeBytes: number
}

/** A part of a file: whole pieces are read, so it need not be small. */
export interface FileRange {
  readonly at: number
  readonly length: number
}

/** What a file store is made of. */
export interface FileStoreOptions {
  readonly store: Store
  readonly blobs: BlobFolder
  readonly random: RandomBytes
}

/** The files of an account: sealed beside the database, their keys in it. A file is never changed. */
export class FileStore {
  readonly #options: FileStoreOptions
  /** Being written, or written and not in the database yet: not to be swept. */
  readonly #unclaimed = new Set<BlobName>()

  constructor(options: FileStoreOptions) {
    this.#options = options
  }

  /** Seals a file and lays it down. It counts once `claim` was committed, and is removed with `discard`. */
  async write(bytes: Uint8Array): Promise<WrittenFile> {
    const { blobs, random } = this.#options
    const name = encodeHex(random(16))
    const key = random(32)
    this.#unclaimed.add(name)
    const secret = new SymmetricKey(key)
    try {
      await blobs.write(name, sealPieces(secret, bytes))
    } catch (error) {
      await this.#remove(name)
      throw error
    } finally {
      secret.wipe()
    }
    return { name, key, sizeBytes: bytes.length }
  }

  /** Gives a file that was written its row. */
  claim(tx: Tx, { name, key, sizeBytes }: WrittenFile): number {
    const { lastId } = tx.run('INSERT INTO files (name, key, size_bytes) VALUES (?, ?, ?)', name, key, sizeBytes)
    tx.afterCommit(() => {
      this.#unclaimed.delete(name)
      wipeBytes(key)
    })
    return lastId
  }

  /** Removes a file that was written and is not wanted any more. Does nothing to one that was claimed. */
  async discard({ name, key }: WrittenFile): Promise<void> {
    if (!this.#unclaimed.has(name)) return
    wipeBytes(key)
    await this.#remove(name)
  }

  /**
   * All of a file, or a part of it.
   * @throws {FileError}
   */
  async read(file: number, range?: FileRange): Promise<Uint8Array> {
    const { blobs, store } = this.#options
    const { key, name, sizeBytes } = store.read(reader => rowOf(reader, file))
    const at = Math.min(range?.at ?? 0, sizeBytes)
    const length = Math.min(range?.length ?? sizeBytes, sizeBytes - at)
    const place = placeOf(at, length)
    const secret = new SymmetricKey(key)
    try {
      const sealed = await blobs.read(name, place.start, place.length)
      if (sealed === undefined) throw new FileError('file.missing')
      const from = at - place.first * PIECE_BYTES
      const bytes = openPieces(secret, sealed, place.first)
      releaseBytes(sealed)
      if (bytes.length < from + length) throw new FileError('file.damaged', { length: bytes.length })
      return bytes.length === length ? bytes : bytes.slice(from, from + length)
    } finally {
      secret.wipe()
      wipeBytes(key)
    }
  }

  /** Removes whatever has no row: what was deleted, and what a crash left. */
  async sweep(): Promise<void> {
    const { blobs, store } = this.#options
    const names = await blobs.list()
    const known = new Set(store.read(reader => reader.all('SELECT name FROM files').map(row => textOf(row, 'name'))))
    for (const name of names) if (!known.has(name) && !this.#unclaimed.has(name)) await blobs.remove(name)
  }

  /** The sweep gets what cannot be removed now. */
  async #remove(name: BlobName): Promise<void> {
    await this.#options.blobs.remove(name).catch(() => undefined)
    this.#unclaimed.delete(name)
  }
}

function rowOf(reader: Reader, file: number): WrittenFile {
  const row = reader.get('SELECT name, key, size_bytes FROM files WHERE id = ?', file)
  if (row === undefined) throw new FileError('file.missing')
  return { name: textOf(row, 'name'), key: bytesOf(row, 'key'), sizeBytes: numberOf(row, 'size_bytes') }
}
