import { blake2b, nonce24, type Nonce24 } from '../crypto/index.ts'
import { decodeHex, encodeBase64, EncodingError, utf8Encode } from '../encoding/index.ts'
import { NameServiceError } from './error.ts'
import { type RegisteredName } from './registered-name.ts'

/** The parameters of the storage method `oxend_request` that ask for a name; as JSON. Spec 10 §8. */
export interface NameRequest {
  readonly endpoint: 'ons_resolve'
  readonly params: {
    /** 0 asks for accounts. */
    readonly type: 0
    /** Standard base64 with padding. */
    readonly name_hash: string
  }
}

/** What is registered for a name, still encrypted to those who know the name. */
export interface NameRecord {
  readonly encryptedValue: Uint8Array
  /** Records from before the network's hard fork 16 have none. */
  readonly nonce: Nonce24 | undefined
}

/** 33 bytes and a tag of 16, in either generation. */
const VALUE_LENGTH = 49
const NONCE_LENGTH = 24

/** Under which a name is registered: BLAKE2b-32(name). Spec 10 §8. */
export function nameHash(name: RegisteredName): Uint8Array {
  return blake2b(32, utf8Encode(name))
}

/** Asks a node for a name, which it learns only if it can guess it. Spec 10 §8. */
export function nameRequest(name: RegisteredName): NameRequest {
  return { endpoint: 'ons_resolve', params: { type: 0, name_hash: encodeBase64(nameHash(name)) } }
}

/**
 * Reads the `result` of a node's answer. `undefined`: the name is not registered. Spec 10 §8.
 * @throws {NameServiceError} `names.bad-answer`
 */
export function parseNameAnswer(result: unknown): NameRecord | undefined {
  if (typeof result !== 'object' || result === null) throw new NameServiceError('names.bad-answer')
  const encryptedValue = hexMember(result, 'encrypted_value', VALUE_LENGTH)
  if (encryptedValue === undefined) return undefined
  const nonce = hexMember(result, 'nonce', NONCE_LENGTH)
  return { encryptedValue, nonce: nonce && nonce24(nonce) }
}

/** Absent, null and empty are the same. */
function hexMember(result: object, name: string, length: number): Uint8Array | undefined {
  const value: unknown = Object.hasOwn(result, name) ? Reflect.get(result, name) : undefined
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || value.length !== 2 * length) throw new NameServiceError('names.bad-answer')
  try {
    return decodeHex(value)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new NameServiceError('names.bad-answer', {}, { cause })
    throw cause
  }
}
