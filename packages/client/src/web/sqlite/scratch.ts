import { StorageError } from '../../accounts/storage-error.ts'
import { type SqliteModule } from './engine.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Memory of the engine in which arguments are handed over; whoever is called copies them. */
export class Scratch {
  readonly #module: SqliteModule
  #pointer: number
  #sizeBytes = 65_536

  constructor(module: SqliteModule) {
    this.#module = module
    this.#pointer = allocate(module, this.#sizeBytes)
  }

  /** Where the text lies, ended by a zero, and its length in bytes without that. Valid until the next call. */
  text(text: string): readonly [pointer: number, length: number] {
    this.#reserve(text.length * 3 + 1)
    const room = this.#module.HEAPU8.subarray(this.#pointer, this.#pointer + this.#sizeBytes)
    const { written } = encoder.encodeInto(text, room)
    room[written] = 0
    return [this.#pointer, written]
  }

  /** Where the bytes lie. Valid until the next call. */
  bytes(bytes: Uint8Array): number {
    this.#reserve(bytes.length)
    this.#module.HEAPU8.set(bytes, this.#pointer)
    return this.#pointer
  }

  /** Overwrites what was handed over last. */
  wipe(): void {
    this.#module.HEAPU8.fill(0, this.#pointer, this.#pointer + this.#sizeBytes)
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.#sizeBytes) return
    const pointer = allocate(this.#module, sizeBytes)
    this.wipe()
    this.#module._free(this.#pointer)
    this.#pointer = pointer
    this.#sizeBytes = sizeBytes
  }
}

/** @throws {StorageError} `storage.failed` when there is no more memory */
export function allocate(module: SqliteModule, sizeBytes: number): number {
  const pointer = module._malloc(sizeBytes)
  if (pointer === 0) throw new StorageError('storage.failed', { memory: true })
  return pointer
}

/** A text in the engine's memory that ends with a zero. */
export function readText(module: SqliteModule, pointer: number): string {
  return readTextOf(module, pointer, module.HEAPU8.indexOf(0, pointer) - pointer)
}

/** A text in the engine's memory. */
export function readTextOf(module: SqliteModule, pointer: number, length: number): string {
  return decoder.decode(module.HEAPU8.subarray(pointer, pointer + length))
}
