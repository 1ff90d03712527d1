import { type AccountId, encodeIdBytes } from '../../account/index.ts'
import {
  blake2bWith,
  type Ed25519KeyPair,
  ed25519PublicKey,
  type Ed25519PublicKey,
  ed25519Sign,
  ed25519Signature,
  ed25519Verify,
} from '../../crypto/index.ts'
import { encodeBencode, utf8Encode } from '../../encoding/index.ts'
import { MAX_MESSAGE_BYTES } from '../../storage/index.ts'
import { SealError } from '../seal-error.ts'
import { appendSignature, fieldOf, readWholeDict, signedPart } from './publication.ts'

const personalisation = utf8Encode('SessionV2Message')
const SIGNATURE_KEY = '~'
const PRO_KEY = '~P'

/**
 * Bencoded `{ S, c, ~ }`, with `~P` for a paying user: the sender's Ed25519 key, the content without padding, its
 * signature bound to the recipient, and one with the Pro rotating key over the dictionary so far. Spec 10 §2.6.
 */
export function encodeInner(
  content: Uint8Array,
  sender: Ed25519KeyPair,
  recipient: AccountId,
  rotatingProKeys: Ed25519KeyPair | undefined,
): Uint8Array {
  const dict = encodeBencode(
    new Map<string, Uint8Array>([
      ['S', sender.publicKey],
      ['c', content],
    ]),
  )
  const signed = appendSignature(dict, SIGNATURE_KEY, soFar => ed25519Sign(sender, signedHash(soFar, recipient)))
  if (rotatingProKeys === undefined) return signed
  return appendSignature(signed, PRO_KEY, soFar => ed25519Sign(rotatingProKeys, soFar))
}

/** What was inside, verified. All members are views. */
export interface V2Inner {
  readonly content: Uint8Array
  readonly senderKey: Ed25519PublicKey
  /** A signature and what it goes over; nothing of it has been verified. */
  readonly pro?: { readonly signed: Uint8Array; readonly signature: Uint8Array } | undefined
}

/**
 * Undoes `encodeInner`.
 * @throws {SealError} `seal.bad-format`, `seal.bad-signature`
 * @throws {BencodeError}
 */
export function decodeInner(data: Uint8Array, recipient: AccountId): V2Inner {
  const dict = readWholeDict(data, MAX_MESSAGE_BYTES)
  const senderKey = ed25519PublicKey(fieldOf(dict, 'S', 32))
  const content = fieldOf(dict, 'c')
  const signature = ed25519Signature(fieldOf(dict, SIGNATURE_KEY, 64))
  const hash = signedHash(signedPart(data, dict, SIGNATURE_KEY), recipient)
  if (!ed25519Verify(senderKey, hash, signature)) throw new SealError('seal.bad-signature')
  if (!dict.has(PRO_KEY)) return { content, senderKey }
  const pro = { signed: signedPart(data, dict, PRO_KEY), signature: fieldOf(dict, PRO_KEY, 64) }
  return { content, senderKey, pro }
}

function signedHash(soFar: Uint8Array, recipient: AccountId): Uint8Array {
  return blake2bWith(64, { key: encodeIdBytes(recipient), personalisation }, soFar)
}
