import { type FileId } from '@sotto/protocol/attachment'
import { type Database, type DatabaseError, DatabaseWriter, openDatabase, type WriterThread } from '@sotto/server'
import { readFileId } from '../ids/known-id.ts'
import { fileMigrations, type FileRecord } from './schema.ts'
import { type operations } from './writes.ts'

/** How the records are opened. */
export interface RecordsOptions {
  /** The file of the database; begun if it is missing. */
  readonly path: string
  /** To share with other databases of the process; by default this one has its own. */
  readonly thread?: WriterThread
  /** Nothing can be written any more: the process has to end. Spec 70, D10. */
  readonly onFatal?: (error: DatabaseError) => void
}

/** Which files there are, and until when. Writes are on the disk when they end; many share one sync. */
export class FileRecords {
  readonly #writer: DatabaseWriter<typeof operations>
  readonly #reads: Database

  private constructor(writer: DatabaseWriter<typeof operations>, reads: Database) {
    this.#writer = writer
    this.#reads = reads
  }

  /** @throws {DatabaseError} as `openDatabase` */
  static async open({ path, thread, onFatal }: RecordsOptions): Promise<FileRecords> {
    const writer = await DatabaseWriter.open<typeof operations>({
      path,
      module: new URL('./writes.ts', import.meta.url),
      synchronous: 'full',
      ...(thread === undefined ? {} : { thread }),
      ...(onFatal === undefined ? {} : { onFatal }),
    })
    try {
      const reads = openDatabase(path, { migrations: fileMigrations, synchronous: 'full', readonly: true })
      return new FileRecords(writer, reads)
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  /** The writer's connection goes last: the last one to go writes the log back. */
  async close(): Promise<void> {
    this.#reads.close()
    await this.#writer.close()
  }

  /** A file that has not expired by `now`. */
  find(id: FileId, now: number): FileRecord | undefined {
    return this.#reads
      .prepare<FileRecord>('SELECT size, uploaded, expires FROM files WHERE id = ? AND expires > ?')
      .get([id, now])
  }

  /** Whether there is a record, expired or not. */
  has(id: FileId): boolean {
    return this.#reads.prepare('SELECT 1 FROM files WHERE id = ?').get([id]) !== undefined
  }

  /** How many there are, and their bytes; expired ones are among them until they are removed. */
  totals(): { readonly files: number; readonly bytes: number } {
    const row = this.#reads
      .prepare<{ files: number; bytes: number }>('SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM files')
      .get()
    return row ?? { files: 0, bytes: 0 }
  }

  /** Files that have expired by `now`, the oldest first. */
  expired(now: number, limit: number): readonly FileId[] {
    return this.#reads
      .prepare<{ readonly id: string }>('SELECT id FROM files WHERE expires <= ? ORDER BY expires LIMIT ?')
      .all([now, limit])
      .flatMap(({ id }) => readFileId(id) ?? [])
  }

  /** @throws {DatabaseError} */
  async keep(
    id: FileId,
    file: { readonly size: number; readonly now: number; readonly expires: number },
  ): Promise<FileRecord> {
    const { size, now, expires } = file
    const row = await this.#writer.write('keep', { id, size, now, expires })
    const { uploaded = now, expires: until = expires } = row
    return { size, uploaded, expires: until }
  }

  /** @throws {DatabaseError} */
  async extend(id: FileId, now: number, expires: number): Promise<FileRecord | undefined> {
    return this.#writer.write('extend', { id, now, expires })
  }

  /** The bytes of a file that is forgotten, having expired by `now`. @throws {DatabaseError} */
  async forget(id: FileId, now: number): Promise<number | undefined> {
    return this.#writer.write('forget', { id, now })
  }
}
