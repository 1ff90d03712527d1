import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import load, { type WasmModule } from '@journeyapps/wa-sqlite/dist/wa-sqlite.mjs'
import { type StoreLimits } from '../../../src/index.ts'
import { RESERVE_BYTES } from '../../../src/store/limits.ts'
import { nodeStoreMigrations } from '../../../src/store/sql/schema.ts'
import { type SqliteNodeStore } from '../../../src/store/sqlite-node-store.ts'
import { openLocalStore } from '../local-store.ts'
import { DiskVfs } from './disk-vfs.ts'
import { type FaultyDisk } from './faulty-disk.ts'
import { WasmConnection } from './wasm-connection.ts'

/** SQLite in wasm, with the file system that the tests break. One for each test file: it takes a while to start. */
export class WasmSqlite {
  readonly #module: WasmModule
  readonly #vfs: DiskVfs

  private constructor(module: WasmModule, vfs: DiskVfs) {
    this.#module = module
    this.#vfs = vfs
  }

  static async load(disk: FaultyDisk): Promise<WasmSqlite> {
    const path = fileURLToPath(import.meta.resolve('@journeyapps/wa-sqlite/dist/wa-sqlite.wasm'))
    const module = await load({ wasmBinary: await readFile(path) })
    const vfs = new DiskVfs(module, disk)
    module.vfs_register(vfs, false)
    return new WasmSqlite(module, vfs)
  }

  /** Opens the database of a disk as the production store is opened, but alone: without shared memory. */
  connect(disk: FaultyDisk, limits: StoreLimits, synchronous: 'full' | 'normal' = 'full'): WasmConnection {
    this.#vfs.disk = disk
    const connection = new WasmConnection(this.#module, 'store.db', this.#vfs.name)
    try {
      setUp(connection, limits, synchronous)
    } catch (error) {
      connection.close()
      throw error
    }
    return connection
  }
}

/** Small, so that the log is written back often. */
const CHECKPOINT_PAGES = 20

function setUp(connection: WasmConnection, limits: StoreLimits, synchronous: 'full' | 'normal'): void {
  connection.exec('PRAGMA locking_mode = exclusive')
  connection.exec('PRAGMA journal_mode = wal')
  connection.exec(`PRAGMA synchronous = ${synchronous}`)
  connection.exec('PRAGMA temp_store = memory')
  connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  connection.exec(`PRAGMA max_page_count = ${Math.ceil((limits.maxBytes + RESERVE_BYTES) / 4096)}`)
  const version = connection.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
  for (const [at, migration] of nodeStoreMigrations.entries()) {
    if (at >= version) connection.exec(`BEGIN; ${migration}; PRAGMA user_version = ${at + 1}; COMMIT`)
  }
}

/** The store over SQLite in wasm. */
export async function openWasmStore(
  sqlite: WasmSqlite,
  disk: FaultyDisk,
  limits: StoreLimits,
): Promise<SqliteNodeStore> {
  return openLocalStore(sqlite.connect(disk, limits), limits)
}
