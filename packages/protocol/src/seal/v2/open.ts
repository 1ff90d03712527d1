import { type AccountId, type AccountKeys } from '../../account/index.ts'
import {
  CryptoError,
  type Ed25519PublicKey,
  ed25519PublicKey,
  mlKem768Decapsulate,
  tryXchacha20poly1305Open,
  x25519,
  type X25519KeyPair,
} from '../../crypto/index.ts'
import { trimTail } from '../../encoding/index.ts'
import { accountOf } from '../message.ts'
import { SealError } from '../seal-error.ts'
import { type RotatingKeys } from './account-keys.ts'
import { splitV2Message, type V2Parts } from './header.ts'
import { decodeInner, type V2Inner } from './inner.ts'
import { fallbackCipher, keyIndicatorSecret, rotatingCipher, type V2Cipher, xorTwo } from './secrets.ts'

/** A message of version 2, opened and verified. Spec 10 §2.6. */
export interface OpenedV2Message {
  /** A serialised content without padding. */
  readonly content: Uint8Array
  readonly sender: AccountId
  readonly senderKey: Ed25519PublicKey
  /** Whether it was sealed to rotating keys, and not to the account alone. */
  readonly forwardSecret: boolean
  /** A Pro signature and what it goes over; nothing of it has been verified. */
  readonly pro?: V2Inner['pro']
}

/**
 * Opens what `sealV2Message` made. Of the rotating keys, past ones included, those are tried that the message points at,
 * then the account's own. Spec 10 §2.6.
 * @throws {SealError} `seal.other-version`, `seal.bad-length`, `seal.open-failed`, `seal.bad-format`,
 * `seal.bad-signature`, `seal.bad-sender`
 * @throws {BencodeError} for an inner dictionary that is none
 */
export function openV2Message(
  data: Uint8Array,
  account: AccountKeys,
  rotating: readonly RotatingKeys[],
): OpenedV2Message {
  const { plaintext, forwardSecret } = decrypt(splitV2Message(data), account.x25519, rotating)
  const { content, senderKey, pro } = decodeInner(trimTail(plaintext), account.accountId)
  const key = ed25519PublicKey(senderKey.slice())
  return { content, sender: accountOf(key), senderKey: key, forwardSecret, pro }
}

function decrypt(
  parts: V2Parts,
  longTerm: X25519KeyPair,
  rotating: readonly RotatingKeys[],
): { plaintext: Uint8Array; forwardSecret: boolean } {
  const shared = secretWith(longTerm, parts)
  const start = xorTwo(parts.indicator, keyIndicatorSecret(shared, parts.ephemeral, longTerm.publicKey))
  for (const keys of rotating) {
    const { publicKey } = keys.mlKem
    if (publicKey[0] !== start[0] || publicKey[1] !== start[1]) continue
    const plaintext = tryOpen(cipherFor(keys, parts), parts)
    if (plaintext !== undefined) return { plaintext, forwardSecret: true }
  }
  const plaintext = tryOpen(fallbackCipher(shared, parts.ephemeral, longTerm.publicKey), parts)
  if (plaintext === undefined) throw new SealError('seal.open-failed')
  return { plaintext, forwardSecret: false }
}

function cipherFor({ mlKem, x25519: own }: RotatingKeys, parts: V2Parts): V2Cipher {
  const mlKemSecret = mlKem768Decapsulate(mlKem.secretKey, parts.mlKemCiphertext)
  return rotatingCipher(mlKemSecret, secretWith(own, parts), parts.ephemeral, own.publicKey)
}

function tryOpen({ key, nonce }: V2Cipher, { body }: V2Parts): Uint8Array | undefined {
  return tryXchacha20poly1305Open(key, nonce, body)
}

function secretWith(own: X25519KeyPair, { ephemeral }: V2Parts): Uint8Array {
  try {
    return x25519(own.secretKey, ephemeral)
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'crypto.weak-key')
      throw new SealError('seal.open-failed', {}, { cause })
    throw cause
  }
}
