import { AccountError, decodeIdBytes, type AccountId } from '../account/index.ts'
import {
  argon2id,
  blake2bWith,
  openSecretBox,
  SymmetricKey,
  tryXchacha20poly1305Open,
  type Argon2idCost,
} from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'
import { NameServiceError } from './name-service-error.ts'
import { nameHash, type NameRecord } from './lookup.ts'
import { type RegisteredName } from './registered-name.ts'

const legacyCost: Argon2idCost = { passes: 3, memoryBytes: 268_435_456 }

/** The key of a record: BLAKE2b-32 of the name, keyed with the name's hash. Spec 10 §8. */
export function nameKey(name: RegisteredName): SymmetricKey {
  return new SymmetricKey(blake2bWith(32, { key: nameHash(name) }, utf8Encode(name)))
}

/** The key of a record without nonce: Argon2id of the name. Takes 256 MiB and about a second. Spec 10 §8. */
export function legacyNameKey(name: RegisteredName): SymmetricKey {
  return new SymmetricKey(argon2id(32, utf8Encode(name), new Uint8Array(16), legacyCost))
}

/**
 * The key of a record, by its generation. Have the nodes agree on a record first: one without nonce is costly.
 * Spec 10 §8.
 */
export function nameRecordKey(name: RegisteredName, record: NameRecord): SymmetricKey {
  return record.nonce === undefined ? legacyNameKey(name) : nameKey(name)
}

/**
 * The account that a name is registered for. The key is that of `nameRecordKey`. Spec 10 §8.
 * @throws {NameServiceError} `names.open-failed`, `names.bad-value`
 */
export function openNameRecord({ encryptedValue, nonce }: NameRecord, key: SymmetricKey): AccountId {
  const value =
    nonce === undefined
      ? openSecretBox(key, new Uint8Array(24), encryptedValue)
      : tryXchacha20poly1305Open(key, nonce, encryptedValue)
  if (value === undefined) throw new NameServiceError('names.open-failed')
  return accountOf(value)
}

/** Exactly 33 bytes, 05 ‖ key. */
function accountOf(value: Uint8Array): AccountId {
  try {
    const { kind, id } = decodeIdBytes(value)
    if (kind === 'account') return id
  } catch (cause) {
    if (cause instanceof AccountError)
      throw new NameServiceError('names.bad-value', { length: value.length }, { cause })
    throw cause
  }
  throw new NameServiceError('names.bad-value', { length: value.length })
}
