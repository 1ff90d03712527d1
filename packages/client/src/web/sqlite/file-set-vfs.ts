import { FacadeVFS, type SqliteModule, type WasmBytes, type WasmNumber } from './engine.ts'
import { GatheringFile } from './gathering-file.ts'
import { type DatabaseFiles, type SyncFile } from './sync-file.ts'

const result = { ok: 0, ioError: 10, cannotOpen: 14, shortRead: 522 } as const

/** SQLITE_IOCAP_POWERSAFE_OVERWRITE and SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN: what SQLite assumes of files by itself, too. */
const characteristics = 0x1000 | 0x800

/**
 * Gives SQLite the files of known databases and no others, temporary ones neither: those would not be encrypted. Each
 * database's files are opened beforehand, because opening takes a wait, and stay open until it is detached; deleting empties.
 */
export class FileSetVfs extends FacadeVFS {
  readonly #paths = new Map<string, SyncFile>()
  readonly #open = new Map<number, SyncFile>()

  constructor(name: string, module: SqliteModule) {
    super(name, module)
    this.mxPathname = 128
  }

  /** Makes a database known by its path. */
  attach(path: string, { main, log, journal }: DatabaseFiles): void {
    this.#paths.set(path, new GatheringFile(main))
    this.#paths.set(`${path}-wal`, new GatheringFile(log))
    this.#paths.set(`${path}-journal`, new GatheringFile(journal))
  }

  /** Closes the files of a database, which nobody uses any more. */
  detach(path: string): void {
    for (const each of [path, `${path}-wal`, `${path}-journal`]) {
      this.#paths.get(each)?.close()
      this.#paths.delete(each)
    }
  }

  jOpen(name: string | null, fileId: number, flags: number, outFlags: WasmNumber): number {
    const file = name === null ? undefined : this.#paths.get(name)
    if (file === undefined) return result.cannotOpen
    this.#open.set(fileId, file)
    outFlags.setInt32(0, flags, true)
    return result.ok
  }

  jClose(fileId: number): number {
    return this.#with(fileId, file => {
      this.#open.delete(fileId)
      file.flush()
      return result.ok
    })
  }

  jRead(fileId: number, into: WasmBytes, at: number): number {
    return this.#with(fileId, file => {
      const bytes = into.subarray()
      const length = file.read(bytes, { at })
      if (length === bytes.length) return result.ok
      bytes.fill(0, length)
      return result.shortRead
    })
  }

  jWrite(fileId: number, from: WasmBytes, at: number): number {
    return this.#with(fileId, file => {
      const bytes = from.subarray()
      return file.write(bytes, { at }) === bytes.length ? result.ok : result.ioError
    })
  }

  jTruncate(fileId: number, sizeBytes: number): number {
    return this.#with(fileId, file => {
      file.truncate(sizeBytes)
      return result.ok
    })
  }

  jSync(fileId: number): number {
    return this.#with(fileId, file => {
      file.flush()
      return result.ok
    })
  }

  jFileSize(fileId: number, size: WasmNumber): number {
    return this.#with(fileId, file => {
      size.setBigInt64(0, BigInt(file.getSize()), true)
      return result.ok
    })
  }

  jAccess(name: string, _flags: number, present: WasmNumber): number {
    const file = this.#paths.get(name)
    return attempt(() => {
      present.setInt32(0, file !== undefined && file.getSize() > 0 ? 1 : 0, true)
      return result.ok
    })
  }

  jDelete(name: string): number {
    const file = this.#paths.get(name)
    if (file === undefined) return result.ok
    return attempt(() => {
      file.truncate(0)
      file.flush()
      return result.ok
    })
  }

  jSectorSize(): number {
    return 4096
  }

  jDeviceCharacteristics(): number {
    return characteristics
  }

  #with(fileId: number, run: (file: SyncFile) => number): number {
    const file = this.#open.get(fileId)
    return file === undefined ? result.ioError : attempt(() => run(file))
  }
}

/** An exception must not pass through the engine's own code. */
function attempt(run: () => number): number {
  try {
    return run()
  } catch (error) {
    const full = error instanceof Error && (error.name === 'QuotaExceededError' || error.message.includes('ENOSPC'))
    return full ? 13 : result.ioError
  }
}
