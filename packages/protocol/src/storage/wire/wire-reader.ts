import { SottoError } from '../../error/index.ts'
import { type Json } from '../json/json.ts'
import { StorageError, type StorageErrorCode } from '../storage-error.ts'
import { type Encoding } from './wire.ts'
import { type WireFields } from './wire-fields.ts'

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
