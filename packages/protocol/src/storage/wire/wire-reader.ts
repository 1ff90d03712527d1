import { SottoError } from '../../error/index.ts'
import { type Json } from '../../encoding/index.ts'
import { StorageError, type StorageErrorCode } from '../storage-error.ts'
import { type Encoding } from './wire.ts'

/** The smallest and the largest number that is taken. Without limits, 0 to 2^53 - 1. */
export interface NumberRange {
  readonly min?: number
  readonly max?: number
}

/** How many bytes there may be, and how JSON spells them. Where both spellings are known, their lengths differ. */
export interface ByteForm {
  readonly min?: number
  readonly max: number
  readonly spelling: 'hex' | 'base64' | 'hex or base64'
}

/**
 * A value of a request or reply, whichever way it was encoded. Every method throws `storage.bad-field`, naming the field, for a
 * value of another kind.
 */
export abstract class WireReader {
  /** The field that the value stands in, or whose list it stands in. */
  readonly name: string
  abstract readonly encoding: Encoding

  constructor(name: string) {
    this.name = name
  }

  /** A whole number. */
  abstract integer(range?: NumberRange): number
  abstract text(): string
  /** Whether it is a text; bencoding does not tell texts from bytes. */
  abstract isText(): boolean
  /** Either a copy or a view into the input. */
  abstract bytes(form: ByteForm): Uint8Array
  abstract flag(): boolean
  /** A flag that some write as true and others as 1: replies hold both. */
  abstract looseFlag(): boolean
  abstract fields(): WireFields
  /** Any JSON value; in bencoding a text that holds one. */
  abstract json(): Json
  /** The values of a list, or `undefined` if it is none. */
  protected abstract items(): readonly WireReader[] | undefined

  /** A list of at most `max` values. Too many are `storage.too-many`. */
  list(max: number): readonly WireReader[] {
    const items = this.items()
    if (items === undefined) throw this.bad()
    if (items.length > max) throw this.error('storage.too-many', items.length)
    return items
  }

  /** The same, where a single value may be given without its list. Spec 20 §3.2. */
  oneOrMany(max: number): readonly WireReader[] {
    return this.items() === undefined ? [this] : this.list(max)
  }

  isList(): boolean {
    return this.items() !== undefined
  }

  /** Runs a parser of another layer; what it refuses is a bad field. */
  read<T>(parse: () => T): T {
    try {
      return parse()
    } catch (cause) {
      if (cause instanceof SottoError) throw this.bad(cause)
      throw cause
    }
  }

  bad(cause?: unknown): StorageError {
    return new StorageError('storage.bad-field', {}, { subject: this.name, cause })
  }

  error(code: StorageErrorCode, count: number): StorageError {
    return new StorageError(code, { count }, { subject: this.name })
  }
}

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
