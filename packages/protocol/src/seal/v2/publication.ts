import { type AccountId, accountKey } from '../../account/index.ts'
import {
  ed25519Signature,
  mlKem768PublicKey,
  x25519PublicKey,
  type X25519SecretKey,
  xed25519Sign,
  xed25519Verify,
} from '../../crypto/index.ts'
import { asBytes, type BencodeSpan, concatBytes, encodeBencode, readBencodeDictSpans } from '../../encoding/index.ts'
import { SealError } from '../seal-error.ts'
import { type RotatingPublicKeys } from './account-keys.ts'

/** Where the public keys of an account are, for anyone to read. Spec 10 §2.6. */
export const ROTATING_KEYS_NAMESPACE = -21

const MAX_PUBLICATION_LENGTH = 4096
const SIGNATURE_KEY = '~'

/**
 * Bencoded `{ M, X, ~ }`: ML-KEM key, X25519 key, and an XEd25519 signature with the account's key over the dictionary so
 * far, from its `d` up to the key of the signature. `random` is 64 fresh random bytes. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function encodeRotatingKeys(keys: RotatingPublicKeys, account: X25519SecretKey, random: Uint8Array): Uint8Array {
  const dict = encodeBencode(
    new Map<string, Uint8Array>([
      ['M', keys.mlKem],
      ['X', keys.x25519],
    ]),
  )
  return appendSignature(dict, SIGNATURE_KEY, signed => xed25519Sign(account, signed, random))
}

/**
 * Undoes `encodeRotatingKeys`. Of several the reader keeps the last that is valid. Spec 10 §2.6.
 * @throws {SealError} `seal.bad-signature`, `seal.bad-length` and `seal.bad-format` for what it should not hold
 * @throws {BencodeError}
 */
export function decodeRotatingKeys(data: Uint8Array, account: AccountId): RotatingPublicKeys {
  const dict = readWholeDict(data, MAX_PUBLICATION_LENGTH)
  const mlKem = fieldOf(dict, 'M', 1184)
  const x25519 = fieldOf(dict, 'X', 32)
  const signature = fieldOf(dict, SIGNATURE_KEY, 64)
  const valid = xed25519Verify(accountKey(account), signedPart(data, dict, SIGNATURE_KEY), ed25519Signature(signature))
  if (!valid) throw new SealError('seal.bad-signature')
  return { mlKem: mlKem768PublicKey(mlKem.slice()), x25519: x25519PublicKey(x25519.slice()) }
}

/** Puts a signature over the dictionary so far at its end. The key must sort after all others. */
export function appendSignature(dict: Uint8Array, key: string, sign: (signed: Uint8Array) => Uint8Array): Uint8Array {
  const soFar = dict.subarray(0, dict.length - 1)
  const entry = encodeBencode(new Map([[key, sign(soFar)]]))
  return concatBytes(soFar, entry.subarray(1))
}

/**
 * A dictionary that fills its bytes.
 * @throws {SealError} `seal.bad-format` if it does not
 * @throws {BencodeError}
 */
export function readWholeDict(data: Uint8Array, maxBytes: number): ReadonlyMap<string, BencodeSpan> {
  const dict = readBencodeDictSpans(data, { maxBytes, maxDepth: 2 })
  const end = [...dict.values()].at(-1)?.end ?? 1
  if (end + 1 !== data.length) throw new SealError('seal.bad-format')
  return dict
}

/** A view. @throws {SealError} `seal.bad-format` if it is missing @throws {BencodeError} for another type or length */
export function fieldOf(dict: ReadonlyMap<string, BencodeSpan>, key: string, length?: number): Uint8Array {
  const span = dict.get(key)
  if (span === undefined) throw new SealError('seal.bad-format')
  return asBytes(span.value, length === undefined ? {} : { length })
}

/** What the signature under this key goes over; a view. */
export function signedPart(data: Uint8Array, dict: ReadonlyMap<string, BencodeSpan>, key: string): Uint8Array {
  return data.subarray(0, dict.get(key)?.keyAt ?? 0)
}
