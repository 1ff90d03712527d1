import { type WasmModule } from '@journeyapps/wa-sqlite/dist/wa-sqlite.mjs'
import { type DiskFault, type FaultyDisk } from './faulty-disk.ts'

const OK = 0
const CANNOT_OPEN = 14
const NOT_FOUND = 12
const SHORT_READ = 522
const OPEN_CREATE = 4
const OPEN_DELETE_ON_CLOSE = 8

type Failing = 'read' | 'write' | 'sync' | 'truncate'

/** SQLite's extended codes for I/O errors. */
const ioErrors: Readonly<Record<Failing, number>> = { read: 266, write: 778, sync: 1034, truncate: 1546 }

/** Lets SQLite in wasm keep its files on a `FaultyDisk`. The disk can be exchanged between two databases. */
export class DiskVfs {
  readonly name = 'faulty'
  readonly mxPathname = 64
  readonly #module: WasmModule
  readonly #open = new Map<
    number,
    { readonly name: string; readonly disk: FaultyDisk; readonly isTemporary: boolean }
  >()
  disk: FaultyDisk

  constructor(module: WasmModule, disk: FaultyDisk) {
    this.#module = module
    this.disk = disk
  }

  hasAsyncMethod(): boolean {
    return false
  }

  close(): void {}

  xOpen(_vfs: number, zName: number, file: number, flags: number, outFlags: number): number {
    const name = zName === 0 ? `temporary-${file}` : this.#module.UTF8ToString(zName)
    if (!this.disk.exists(name)) {
      if ((flags & OPEN_CREATE) === 0) return CANNOT_OPEN
      this.disk.create(name)
    }
    this.#open.set(file, { name, disk: this.disk, isTemporary: (flags & OPEN_DELETE_ON_CLOSE) !== 0 })
    this.#setInt32(outFlags, flags)
    return OK
  }

  xClose(file: number): number {
    const open = this.#open.get(file)
    if (open?.isTemporary === true) open.disk.remove(open.name)
    this.#open.delete(file)
    return OK
  }

  xDelete(_vfs: number, zName: number): number {
    this.disk.remove(this.#module.UTF8ToString(zName))
    return OK
  }

  xAccess(_vfs: number, zName: number, _flags: number, out: number): number {
    this.#setInt32(out, this.disk.exists(this.#module.UTF8ToString(zName)) ? 1 : 0)
    return OK
  }

  xFullPathname(_vfs: number, zName: number, size: number, out: number): number {
    const name = new TextEncoder().encode(this.#module.UTF8ToString(zName))
    if (name.length >= size) return CANNOT_OPEN
    this.#module.HEAPU8.set([...name, 0], out)
    return OK
  }

  xRead(file: number, data: number, length: number, low: number, high: number): number {
    const { name, disk } = this.#file(file)
    const bytes = disk.read(name, offset(low, high), length)
    if (typeof bytes === 'string') return codeOf('read', bytes)
    this.#module.HEAPU8.fill(0, data, data + length).set(bytes, data)
    return bytes.length === length ? OK : SHORT_READ
  }

  xWrite(file: number, data: number, length: number, low: number, high: number): number {
    const { name, disk } = this.#file(file)
    const bytes = this.#module.HEAPU8.subarray(data, data + length)
    return codeOf('write', disk.write(name, offset(low, high), bytes))
  }

  xTruncate(file: number, low: number, high: number): number {
    const { name, disk } = this.#file(file)
    return codeOf('truncate', disk.truncate(name, offset(low, high)))
  }

  xSync(file: number): number {
    const { name, disk } = this.#file(file)
    return codeOf('sync', disk.sync(name))
  }

  xFileSize(file: number, out: number): number {
    const { name, disk } = this.#file(file)
    this.#setInt32(out, disk.size(name))
    this.#setInt32(out + 4, 0)
    return OK
  }

  xLock(): number {
    return OK
  }

  xUnlock(): number {
    return OK
  }

  xCheckReservedLock(_file: number, out: number): number {
    this.#setInt32(out, 0)
    return OK
  }

  xFileControl(): number {
    return NOT_FOUND
  }

  xSectorSize(): number {
    return 512
  }

  xDeviceCharacteristics(): number {
    return 0
  }

  #file(file: number): { readonly name: string; readonly disk: FaultyDisk } {
    const open = this.#open.get(file)
    if (open === undefined) throw new Error('the file is not open')
    return open
  }

  #setInt32(pointer: number, value: number): void {
    const heap = this.#module.HEAPU8
    new DataView(heap.buffer, heap.byteOffset).setInt32(pointer, value, true)
  }
}

function offset(low: number, high: number): number {
  return (low >>> 0) + high * 2 ** 32
}

function codeOf(action: Failing, fault: DiskFault | undefined): number {
  if (fault === undefined) return OK
  return fault === 'full' ? 13 : ioErrors[action]
}
