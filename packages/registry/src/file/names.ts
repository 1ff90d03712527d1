import { nonce24 } from '@sotto/protocol/crypto'
import {
  asBytes,
  type BencodeDict,
  type BencodeInput,
  concatBytes,
  decodeHex,
  encodeHex,
  latin1Decode,
  latin1Encode,
} from '@sotto/protocol/encoding'
import { type NameRecord } from '@sotto/protocol/names'
import { maxNames } from '../limits.ts'
import { RegistryError } from '../registry-error.ts'

const sealedLength = 49
const nonceLength = 24

/**
 * Registered names of a list: name hash 32 → ciphertext with tag 49 ‖ nonce 24, or only the 49 bytes of a legacy record.
 * The hashes are the dictionary's keys. Spec 60 §8.
 * @throws {BencodeError} for values of the wrong kind
 * @throws {RegistryError} `registry.bad-name`
 */
export function decodeNames(dict: BencodeDict): ReadonlyMap<string, NameRecord> {
  if (dict.size > maxNames) throw new RegistryError('registry.bad-name', { count: dict.size })
  const names = new Map<string, NameRecord>()
  for (const [key, value] of dict) {
    if (key.length !== 32) throw new RegistryError('registry.bad-name', { length: key.length })
    names.set(encodeHex(latin1Encode(key)), decodeRecord(asBytes(value)))
  }
  return names
}

/** Undoes {@link decodeNames}. @throws {RegistryError} `registry.bad-name` */
export function encodeNames(names: ReadonlyMap<string, NameRecord>): ReadonlyMap<string, BencodeInput> {
  const dict = new Map<string, BencodeInput>()
  for (const [hash, { encryptedValue, nonce }] of names) {
    if (!/^[0-9a-f]{64}$/.test(hash) || encryptedValue.length !== sealedLength)
      throw new RegistryError('registry.bad-name')
    dict.set(latin1Decode(decodeHex(hash)), concatBytes(encryptedValue, nonce ?? new Uint8Array(0)))
  }
  return dict
}

function decodeRecord(value: Uint8Array): NameRecord {
  if (value.length === sealedLength) return { encryptedValue: value.slice(), nonce: undefined }
  if (value.length !== sealedLength + nonceLength)
    throw new RegistryError('registry.bad-name', { length: value.length })
  return { encryptedValue: value.slice(0, sealedLength), nonce: nonce24(value.slice(sealedLength)) }
}
