import { blake2b, nonce24, type Nonce24 } from '../crypto/index.ts'
import { encodeBase64, isJsonObject, type Json, type JsonObject, tryDecodeHex, utf8Encode } from '../encoding/index.ts'
import { type OxendParams } from '../storage/index.ts'
import { NameServiceError } from './name-service-error.ts'
import { type RegisteredName } from './registered-name.ts'

/** What is registered for a name, still encrypted to those who know the name. Spec 10 §8. */
export interface NameRecord {
  readonly encryptedValue: Uint8Array
  /** Records from before the network's hard fork 16 have none. */
  readonly nonce: Nonce24 | undefined
}

/** 33 bytes and a tag of 16, in either generation. */
const VALUE_LENGTH = 49
/** The kind of records that hold account ids. */
const ACCOUNT = 0
const NONCE_LENGTH = 24

/** Under which a name is registered: BLAKE2b-32(name). Spec 10 §8. */
export function nameHash(name: RegisteredName): Uint8Array {
  return blake2b(32, utf8Encode(name))
}

/** Asks a node for a name, which it learns only if it can guess it: what to give to `oxend_request`. Spec 10 §8. */
export function nameRequest(name: RegisteredName): OxendParams {
  const params = new Map<string, Json>([
    ['type', ACCOUNT],
    ['name_hash', encodeBase64(nameHash(name))],
  ])
  return { endpoint: 'ons_resolve', params }
}

/**
 * Reads the `result` of a node's answer. `undefined`: the name is not registered. Spec 10 §8.
 * @throws {NameServiceError} `names.bad-answer`
 */
export function parseNameAnswer(result: Json): NameRecord | undefined {
  if (!isJsonObject(result)) throw new NameServiceError('names.bad-answer')
  const encryptedValue = hexMember(result, 'encrypted_value', VALUE_LENGTH)
  if (encryptedValue === undefined) return undefined
  const nonce = hexMember(result, 'nonce', NONCE_LENGTH)
  return { encryptedValue, nonce: nonce && nonce24(nonce) }
}

/** Absent, null and empty are the same. */
function hexMember(result: JsonObject, name: string, length: number): Uint8Array | undefined {
  const value = result.get(name)
  if (value === undefined || value === null || value === '') return undefined
  const bytes = typeof value === 'string' ? tryDecodeHex(value, length) : undefined
  if (bytes === undefined) throw new NameServiceError('names.bad-answer')
  return bytes
}
