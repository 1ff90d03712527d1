import { StorageError } from '../storage-error.ts'
import { type Encoding } from './wire.ts'
import { type WireReader } from './wire-reader.ts'

/** The members of an object, whichever way it was encoded. Keys that nobody asks for are ignored. */
export abstract class WireFields {
  abstract readonly encoding: Encoding

  /** `undefined` for what is absent or null. */
  abstract get(key: string): WireReader | undefined
  abstract keys(): IterableIterator<string>
  abstract readonly size: number

  /** @throws {StorageError} `storage.missing-field` */
  require(key: string): WireReader {
    const value = this.get(key)
    if (value === undefined) throw new StorageError('storage.missing-field', {}, { subject: key })
    return value
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** @throws {StorageError} `storage.conflicting-fields` if both are given */
  requireOneOf(first: string, second: string): WireReader {
    const value = this.get(first)
    const other = this.get(second)
    if (value !== undefined && other !== undefined) {
      throw new StorageError('storage.conflicting-fields', {}, { subject: second })
    }
    return value ?? other ?? this.require(first)
  }
}
