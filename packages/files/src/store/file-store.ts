import { type FileId } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type Clock } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { drawNumericId, type NumericIds } from '../ids/numeric-ids.ts'
import { type Arrival, type Incoming, type Pieces } from '../incoming/incoming.ts'
import { type KeepingLimits } from '../limits.ts'
import { type FileRecords } from '../records/file-records.ts'
import { type FileRecord } from '../records/schema.ts'
import { type FileStorage } from '../storage/file-storage.ts'
import { KeyLocks } from './key-locks.ts'
import { type Room } from './room.ts'

/** What a store of files is made of. */
export interface FileStoreParts {
  readonly records: FileRecords
  readonly storage: FileStorage
  readonly incoming: Incoming
  readonly room: Room
  readonly limits: KeepingLimits
  readonly numeric: NumericIds
  readonly clock: Pick<Clock, 'now'>
  readonly random: RandomBytes
}

/** How a file is to be kept. */
export interface KeepOptions {
  readonly ids: 'content' | 'numeric'
  readonly ttlMs: number
  /** As far as it is known before it comes. */
  readonly sizeBytes?: number | undefined
}

/** A file that is there, with its name. */
export interface KeptFile extends FileRecord {
  readonly id: FileId
}

/** How often a free number is looked for. Spec 40 §8.1. */
const numberTries = 25

/**
 * Files with their records. A file is on the disk under its name before its record is, and its record before it is
 * acknowledged; it goes the other way round. So whatever has a record is whole, and what a crash leaves without one is found by
 * `removeStrays`. Spec 70 D2, D19.
 */
export class FileStore {
  readonly #parts: FileStoreParts
  readonly #locks = new KeyLocks()
  readonly #keeping = new Set<Promise<unknown>>()

  constructor(parts: FileStoreParts) {
    this.#parts = parts
  }

  /**
   * Takes a file. It is on the disk when this ends.
   * @throws {FileError} @throws {DatabaseError}
   */
  async keep(pieces: Pieces, options: KeepOptions): Promise<KeptFile> {
    const kept = this.#keep(pieces, options)
    this.#keeping.add(kept)
    try {
      return await kept
    } finally {
      this.#keeping.delete(kept)
    }
  }

  /** Ends when no file is being kept any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#keeping)
  }

  async #keep(pieces: Pieces, { ids, ttlMs, sizeBytes }: KeepOptions): Promise<KeptFile> {
    const { incoming, limits, room } = this.#parts
    const release = await room.promise(Math.min(sizeBytes ?? limits.maxFileBytes, limits.maxFileBytes))
    try {
      const arrival = await incoming.receive(pieces, limits.maxFileBytes)
      try {
        return ids === 'content' ? await this.#keepContent(arrival, ttlMs) : await this.#keepNumbered(arrival, ttlMs)
      } finally {
        await incoming.discard(arrival.path)
      }
    } finally {
      release()
    }
  }

  /** What is known of a file; `undefined` if it is not there any more. */
  find(id: FileId): FileRecord | undefined {
    return this.#parts.records.find(id, this.#parts.clock.now())
  }

  /** All bytes of a file. */
  async read(id: FileId): Promise<Uint8Array | undefined> {
    return this.#parts.storage.read(id)
  }

  /** How many bytes are really there. */
  async sizeOf(id: FileId): Promise<number | undefined> {
    return this.#parts.storage.sizeOf(id)
  }

  /** The bytes of a file piece by piece. */
  chunks(id: FileId): AsyncIterable<Uint8Array> {
    return this.#parts.storage.chunks(id)
  }

  /** Keeps a file for `ttlMs` from now, if that is longer than it would be kept. @throws {DatabaseError} */
  async extend(id: FileId, ttlMs: number): Promise<FileRecord | undefined> {
    const { records, clock } = this.#parts
    const now = clock.now()
    return records.extend(id, now, now + ttlMs)
  }

  /** Removes at most `limit` files that have expired; how many. @throws {FileError} @throws {DatabaseError} */
  async removeExpired(limit: number): Promise<number> {
    const { records, clock } = this.#parts
    const ids = records.expired(clock.now(), limit)
    await Promise.all(ids.map(async id => this.#locks.run(id, async () => this.#remove(id))))
    return ids.length
  }

  /** Removes files without a record, which a crash left; how many. Goes on where `stopped` has not aborted. */
  async removeStrays(stopped: AbortSignal): Promise<number> {
    const { records, storage } = this.#parts
    let removed = 0
    for await (const id of storage.list()) {
      if (stopped.aborted) break
      if (records.has(id)) continue
      removed += await this.#locks.run(id, async () => {
        if (records.has(id)) return 0
        await storage.remove(id)
        return 1
      })
    }
    return removed
  }

  async #remove(id: FileId): Promise<void> {
    const { records, storage, room, clock } = this.#parts
    const bytes = await records.forget(id, clock.now())
    if (bytes === undefined) return
    room.add(-bytes)
    await storage.remove(id)
  }

  async #keepContent(arrival: Arrival, ttlMs: number): Promise<KeptFile> {
    const { contentId: id } = arrival
    return this.#locks.run(id, async () => this.#keepAs(id, arrival, ttlMs))
  }

  async #keepNumbered(arrival: Arrival, ttlMs: number): Promise<KeptFile> {
    const { records, random, numeric } = this.#parts
    for (let attempt = 0; attempt < numberTries; attempt++) {
      const id = drawNumericId(random, numeric)
      const kept = await this.#locks.run(id, async () =>
        records.has(id) ? undefined : this.#keepAs(id, arrival, ttlMs),
      )
      if (kept !== undefined) return kept
    }
    throw new FileError('files.no-id', { tries: numberTries })
  }

  /** Under the lock of its name. */
  async #keepAs(id: FileId, arrival: Arrival, ttlMs: number): Promise<KeptFile> {
    const { records, storage, room, clock } = this.#parts
    const { sizeBytes: size } = arrival
    const isNew = !records.has(id)
    // A record whose file has been lost is mended by the same bytes.
    if (isNew || (await storage.sizeOf(id)) !== size) await storage.put(id, arrival)
    const now = clock.now()
    try {
      const record = await records.keep(id, { size, now, expires: now + ttlMs })
      if (isNew) room.add(size)
      return { id, ...record }
    } catch (error) {
      // Nobody was told of it. If this fails as well, the next start finds it.
      if (isNew) await storage.remove(id).catch(() => undefined)
      throw error
    }
  }
}
