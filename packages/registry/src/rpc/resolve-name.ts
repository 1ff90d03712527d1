import {
  decodeBase64,
  decodeHex,
  encodeHex,
  EncodingError,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@sotto/protocol/encoding'
import { RegistryError } from '../registry-error.ts'
import { type ServiceNodeList } from '../service-node-list.ts'

/**
 * The `result` of `ons_resolve`: `encrypted_value` and `nonce` in hex, or nothing for a name that is not registered.
 * Params: `type` 0, `name_hash` in base64 or hex. Spec 20 §3.13, spec 10 §8.
 * @throws {RegistryError} `registry.bad-request`
 */
export function resolveName({ names }: ServiceNodeList, params: Json | undefined): JsonObject {
  if (!isJsonObject(params) || params.get('type') !== 0) throw new RegistryError('registry.bad-request')
  const record = names.get(encodeHex(readHash(params.get('name_hash'))))
  if (record === undefined) return new Map()
  const value: [string, Json] = ['encrypted_value', encodeHex(record.encryptedValue)]
  return new Map(record.nonce === undefined ? [value] : [value, ['nonce', encodeHex(record.nonce)]])
}

function readHash(text: Json | undefined): Uint8Array {
  if (typeof text !== 'string' || text.length > 64) throw new RegistryError('registry.bad-request')
  try {
    const hash = text.length === 64 ? decodeHex(text) : decodeBase64(text)
    if (hash.length === 32) return hash
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause
    throw new RegistryError('registry.bad-request', {}, { cause })
  }
  throw new RegistryError('registry.bad-request')
}
