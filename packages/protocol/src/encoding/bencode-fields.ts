import { type Bencode, type BencodeDict } from './bencode.ts'
import { BencodeError } from './bencode-error.ts'
import {
  asBytes,
  asDict,
  asInteger,
  asList,
  asNumber,
  asText,
  type IntegerLimits,
  type LengthLimits,
  type NumberLimits,
} from './bencode-values.ts'

/** A view. Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asBytes` */
export function expectBytes(dict: BencodeDict, key: string, limits?: LengthLimits): Uint8Array {
  return asBytes(required(dict, key), limits)
}

/** A view. Spec 30 §1. @throws {BencodeError} those of `asBytes` */
export function optionalBytes(dict: BencodeDict, key: string, limits?: LengthLimits): Uint8Array | undefined {
  return optional(dict, key, value => asBytes(value, limits))
}

/** Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asText` */
export function expectText(dict: BencodeDict, key: string, limits?: LengthLimits): string {
  return asText(required(dict, key), limits)
}

/** Spec 30 §1. @throws {BencodeError} those of `asText` */
export function optionalText(dict: BencodeDict, key: string, limits?: LengthLimits): string | undefined {
  return optional(dict, key, value => asText(value, limits))
}

/** Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asInteger` */
export function expectInteger(dict: BencodeDict, key: string, limits?: IntegerLimits): bigint {
  return asInteger(required(dict, key), limits)
}

/** Spec 30 §1. @throws {BencodeError} those of `asInteger` */
export function optionalInteger(dict: BencodeDict, key: string, limits?: IntegerLimits): bigint | undefined {
  return optional(dict, key, value => asInteger(value, limits))
}

/** Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asNumber` */
export function expectNumber(dict: BencodeDict, key: string, limits?: NumberLimits): number {
  return asNumber(required(dict, key), limits)
}

/** Spec 30 §1. @throws {BencodeError} those of `asNumber` */
export function optionalNumber(dict: BencodeDict, key: string, limits?: NumberLimits): number | undefined {
  return optional(dict, key, value => asNumber(value, limits))
}

/** Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asList` */
export function expectList(dict: BencodeDict, key: string): readonly Bencode[] {
  return asList(required(dict, key))
}

/** Spec 30 §1. @throws {BencodeError} those of `asList` */
export function optionalList(dict: BencodeDict, key: string): readonly Bencode[] | undefined {
  return optional(dict, key, asList)
}

/** Spec 30 §1. @throws {BencodeError} `bencode.missing-field`, and those of `asDict` */
export function expectDict(dict: BencodeDict, key: string): BencodeDict {
  return asDict(required(dict, key))
}

/** Spec 30 §1. @throws {BencodeError} those of `asDict` */
export function optionalDict(dict: BencodeDict, key: string): BencodeDict | undefined {
  return optional(dict, key, asDict)
}

function required(dict: BencodeDict, key: string): Bencode {
  const value = dict.get(key)
  if (value === undefined) throw new BencodeError('bencode.missing-field')
  return value
}

function optional<T>(dict: BencodeDict, key: string, read: (value: Bencode) => T): T | undefined {
  const value = dict.get(key)
  return value === undefined ? undefined : read(value)
}
