import { FileError } from '../file-error.ts'
import { type FileSystem } from '../storage/file-system.ts'

/** What room depends on. */
export interface RoomOptions {
  /** On the disk whose space is looked at. */
  readonly folder: string
  readonly fs: FileSystem
  readonly maxBytes: number
  readonly minFreeBytes: number
}

/** Knows how much is kept, and what is promised to files that are coming. */
export class Room {
  readonly #options: RoomOptions
  #bytes = 0
  #promised = 0

  constructor(options: RoomOptions) {
    this.#options = options
  }

  /** Of all files that are kept. */
  get bytes(): number {
    return this.#bytes
  }

  /** A file came, or went if it is negative. */
  add(bytes: number): void {
    this.#bytes += bytes
  }

  /**
   * Promises room for a file while it comes. To be given back by what this answers.
   * @throws {FileError} `files.no-room`
   */
  async promise(bytes: number): Promise<() => void> {
    const { folder, fs, maxBytes, minFreeBytes } = this.#options
    if (this.#bytes + this.#promised + bytes > maxBytes) throw new FileError('files.no-room', { quota: true })
    this.#promised += bytes
    const { bavail, bsize } = await fs.statfs(folder).catch((cause: unknown) => {
      this.#promised -= bytes
      throw new FileError('files.storage-failed', {}, { cause })
    })
    if (bavail * bsize - this.#promised < minFreeBytes) {
      this.#promised -= bytes
      throw new FileError('files.no-room', { quota: false })
    }
    return () => void (this.#promised -= bytes)
  }
}
