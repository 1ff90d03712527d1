import { type DatabaseKey } from '../../accounts/database-key.ts'
import { StorageError, storageErrorOf } from '../../accounts/storage-error.ts'
import { type SqlDatabase } from '../../store/sql.ts'
import { Connection } from './connection.ts'
import { load, type SqliteModule } from './engine.ts'
import { FileSetVfs } from './file-set-vfs.ts'
import { allocate, Scratch } from './scratch.ts'
import { type DatabaseFiles } from './sync-file.ts'
import { WasmSqlDatabase } from './wasm-database.ts'

const vfsName = 'sotto'
/** The layer that encrypts pages; under the bare name the same files would be written in the clear. */
const encryptingVfsName = `multipleciphers-${vfsName}`
/** SQLITE_OPEN_READWRITE and SQLITE_OPEN_CREATE. */
const openFlags = 0x2 | 0x4

/** What every connection is set to once it has its key; each value is read back. The order matters. */
const pragmas: readonly (readonly [name: string, value: string, readBack: string | number])[] = [
  // Before anything is read: temporary files would not be encrypted.
  ['temp_store', 'memory', 2],
  // There is no shared memory: without this a database in WAL mode would end the whole engine.
  ['locking_mode', 'exclusive', 'exclusive'],
  ['journal_mode', 'wal', 'wal'],
  // A commit is on disk when it returns.
  ['synchronous', 'full', 2],
  ['secure_delete', 'on', 1],
  ['foreign_keys', 'on', 1],
  ['trusted_schema', 'off', 0],
  ['journal_size_limit', '16777216', 16_777_216],
]

/** SQLite in wasm: one engine for all databases of a worker. */
export class WasmSqlite {
  readonly #module: SqliteModule
  readonly #scratch: Scratch
  readonly #vfs: FileSetVfs
  readonly #answer: number
  #count = 0

  private constructor(module: SqliteModule) {
    this.#module = module
    this.#scratch = new Scratch(module)
    this.#vfs = new FileSetVfs(vfsName, module)
    this.#answer = allocate(module, 4)
    module.vfs_register(this.#vfs, false)
    const code = module._sqlite3mc_vfs_create(this.#scratch.text(vfsName)[0], 0)
    if (code !== 0) throw storageErrorOf(code, new Error('the encrypting layer could not be made'))
  }

  /**
   * Loads the engine; where there is no `fetch` of files its bytes are handed in.
   * @throws {StorageError} `storage.cannot-open`
   */
  static async load(wasmBinary?: Uint8Array): Promise<WasmSqlite> {
    return new WasmSqlite(await loadModule(wasmBinary))
  }

  /**
   * Opens an encrypted database, or begins one where the files are empty: chacha20 pages under the raw key, the same format as
   * the native engine's. The files are closed with the database, also when this throws. Architecture §5.
   * @throws {StorageError} `storage.damaged` also for a wrong key
   */
  open(files: DatabaseFiles, key: DatabaseKey): SqlDatabase {
    this.#count += 1
    const path = `/${this.#count}`
    this.#vfs.attach(path, files)
    try {
      const connection = this.#connect(path)
      try {
        this.#setUp(connection, key)
        refusePlainFile(files)
        return new WasmSqlDatabase(connection, () => this.#vfs.detach(path))
      } catch (error) {
        connection.close()
        throw error
      }
    } catch (error) {
      this.#vfs.detach(path)
      throw error
    }
  }

  #connect(path: string): Connection {
    const module = this.#module
    const [name, length] = this.#scratch.text(`${path}\0${encryptingVfsName}`)
    const vfs = name + length - encryptingVfsName.length
    const code = module._sqlite3_open_v2(name, this.#answer, openFlags, vfs)
    const database = module.HEAP32[this.#answer >> 2] ?? 0
    const connection = new Connection(module, this.#scratch, database)
    if (code !== 0) {
      const error = connection.error(code)
      connection.close()
      throw error
    }
    module._sqlite3_extended_result_codes(database, 1)
    return connection
  }

  #setUp(connection: Connection, key: DatabaseKey): void {
    const database = new WasmSqlDatabase(connection, () => {})
    database.exec("PRAGMA cipher = 'chacha20'")
    this.#giveKey(connection, key)
    for (const [name, value, readBack] of pragmas) {
      database.exec(`PRAGMA ${name} = ${value}`)
      const found = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
      if (found !== readBack) throw new StorageError('storage.failed')
    }
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
  }

  /** The digits are written into the engine's memory one by one: as a text they would stay until they are collected. */
  #giveKey(connection: Connection, key: DatabaseKey): void {
    const digits = new TextEncoder().encode('0123456789abcdef')
    const [at, length] = this.#scratch.text(`PRAGMA key = 'raw:${'0'.repeat(64)}'`)
    const first = at + length - 65
    key.expose().forEach((byte, index) => {
      this.#module.HEAPU8[first + 2 * index] = digits[byte >> 4] ?? 0
      this.#module.HEAPU8[first + 2 * index + 1] = digits[byte & 15] ?? 0
    })
    try {
      connection.execute(at)
    } finally {
      this.#scratch.wipe()
    }
  }
}

async function loadModule(wasmBinary: Uint8Array | undefined): Promise<SqliteModule> {
  try {
    // Left alone, the engine would write to the console.
    const silent = { print: () => {}, printErr: () => {} }
    return await load(wasmBinary === undefined ? silent : { ...silent, wasmBinary })
  } catch (cause) {
    throw new StorageError('storage.cannot-open', { engine: true }, { cause })
  }
}

/** An engine without its encrypting layer would take the key and ignore it. */
function refusePlainFile({ main }: DatabaseFiles): void {
  const start = new Uint8Array(16)
  main.read(start, { at: 0 })
  const plain = new TextEncoder().encode('SQLite format 3')
  if (plain.every((byte, at) => start[at] === byte)) throw new StorageError('storage.failed', { plain: true })
}
