import { type Bencode, type BencodeDict } from './bencode.ts'
import { BencodeError } from './bencode-error.ts'
import { utf8Decode } from './utf8.ts'

/**
 * How long a byte string may be, in bytes. `length` asks for exactly that many.
 * No spec: the caller sets the bounds of each field.
 */
export interface LengthLimits {
  readonly length?: number
  readonly minLength?: number
  readonly maxLength?: number
}

/** The smallest and the largest integer that is taken. No spec: the caller sets the bounds of each field. */
export interface IntegerLimits {
  readonly min?: bigint
  readonly max?: bigint
}

/**
 * The smallest and the largest number that is taken. Past ±(2^53 - 1) none is.
 * No spec: the caller sets the bounds of each field.
 */
export interface NumberLimits {
  readonly min?: number
  readonly max?: number
}

/** A view. Spec 30 §1. @throws {BencodeError} `bencode.wrong-type`, `bencode.wrong-length` */
export function asBytes(value: Bencode, limits: LengthLimits = {}): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new BencodeError('bencode.wrong-type')
  const min = limits.length ?? limits.minLength ?? 0
  const max = limits.length ?? limits.maxLength ?? Infinity
  if (value.length < min || value.length > max) throw new BencodeError('bencode.wrong-length', { length: value.length })
  return value
}

/**
 * The limits are in bytes. Spec 30 §1.
 * @throws {BencodeError} `bencode.wrong-type`, `bencode.wrong-length`, `bencode.bad-text`
 */
export function asText(value: Bencode, limits: LengthLimits = {}): string {
  const bytes = asBytes(value, limits)
  try {
    return utf8Decode(bytes)
  } catch (cause) {
    throw new BencodeError('bencode.bad-text', { length: bytes.length }, { cause })
  }
}

/** Spec 30 §1. @throws {BencodeError} `bencode.wrong-type`, `bencode.out-of-range` */
export function asInteger(value: Bencode, limits: IntegerLimits = {}): bigint {
  if (typeof value !== 'bigint') throw new BencodeError('bencode.wrong-type')
  const tooSmall = limits.min !== undefined && value < limits.min
  const tooLarge = limits.max !== undefined && value > limits.max
  if (tooSmall || tooLarge) throw new BencodeError('bencode.out-of-range')
  return value
}

/**
 * An integer that a `number` holds exactly. Spec 30 §1.
 * @throws {BencodeError} `bencode.wrong-type`, `bencode.out-of-range`
 */
export function asNumber(value: Bencode, limits: NumberLimits = {}): number {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits
  const number = Number(asInteger(value))
  if (!Number.isSafeInteger(number) || number < min || number > max) throw new BencodeError('bencode.out-of-range')
  return number
}

/** Spec 30 §1. @throws {BencodeError} `bencode.wrong-type` */
export function asList(value: Bencode): readonly Bencode[] {
  if (typeof value === 'bigint' || value instanceof Uint8Array || isDict(value))
    throw new BencodeError('bencode.wrong-type')
  return value
}

/** Spec 30 §1. @throws {BencodeError} `bencode.wrong-type` */
export function asDict(value: Bencode): BencodeDict {
  if (!isDict(value)) throw new BencodeError('bencode.wrong-type')
  return value
}

function isDict(value: Bencode): value is BencodeDict {
  return value instanceof Map
}
