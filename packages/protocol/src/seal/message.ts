import { type AccountId, accountIdOfSigner } from '../account/index.ts'
import {
  type Ed25519KeyPair,
  type Ed25519PublicKey,
  ed25519PublicKey,
  ed25519Sign,
  ed25519Signature,
  ed25519Verify,
  type KeyConversion,
  openSealedBox,
  sealBox,
  SEALED_BOX_OVERHEAD,
  type X25519KeyPair,
  type X25519PublicKey,
} from '../crypto/index.ts'
import { deriveEphemeral } from './ephemeral.ts'
import { MAX_MESSAGE_BYTES } from '../storage/index.ts'
import { SealError } from './seal-error.ts'

const KEY_LENGTH = 32
const SIGNATURE_LENGTH = 64
const TRAILER_LENGTH = KEY_LENGTH + SIGNATURE_LENGTH

/** A sealed message is this much longer than what is in it: 48 for the box, 96 for key and signature. Spec 10 §2.2. */
export const SEAL_OVERHEAD = SEALED_BOX_OVERHEAD + TRAILER_LENGTH

/** What was in a sealed message, and who signed it. Spec 10 §2.2. */
export interface OpenedMessage {
  /** Still padded. */
  readonly content: Uint8Array
  /** The only thing that says who wrote it. */
  readonly sender: AccountId
  readonly senderKey: Ed25519PublicKey
}

/**
 * Session protocol v1: content ‖ A ‖ signature over content ‖ A ‖ Y, in a sealed box for Y. A is the sender's Ed25519 key,
 * Y the recipient's X25519 key. `ephemeral` must be fresh for every message. Spec 10 §2.2.
 * @throws {CryptoError} `crypto.weak-key`
 */
export function sealMessage(
  paddedContent: Uint8Array,
  sender: Ed25519KeyPair,
  recipient: X25519PublicKey,
  ephemeral: X25519KeyPair,
): Uint8Array {
  return sealBox(signForRecipient(paddedContent, sender, recipient), recipient, ephemeral)
}

/**
 * The same with an ephemeral key that follows from sender, recipient and content, so that the same call gives the same
 * bytes. Nobody else can tell the difference. Spec 10 §2.2.
 * @throws {CryptoError} `crypto.weak-key`
 */
export function sealMessageDeterministically(
  paddedContent: Uint8Array,
  sender: Ed25519KeyPair,
  recipient: X25519PublicKey,
): Uint8Array {
  return sealMessage(paddedContent, sender, recipient, deriveEphemeral(paddedContent, sender, recipient))
}

/** What goes into the box: content ‖ A ‖ signature over content ‖ A ‖ Y. Spec 10 §2.2. */
export function signForRecipient(
  paddedContent: Uint8Array,
  sender: Ed25519KeyPair,
  recipient: X25519PublicKey,
): Uint8Array {
  const end = paddedContent.length
  const inner = new Uint8Array(end + TRAILER_LENGTH)
  inner.set(paddedContent)
  inner.set(sender.publicKey, end)
  inner.set(recipient, end + KEY_LENGTH) // for signing only: the signature takes its place
  inner.set(ed25519Sign(sender, inner.subarray(0, end + 2 * KEY_LENGTH)), end + KEY_LENGTH)
  return inner
}

/**
 * Opens what `sealMessage` made. One decryption tells most strangers' messages; only then is the signature looked at.
 * `convertKey` is asked last, about keys that have signed: a third of the time is saved if it knows the answer.
 * Spec 10 §2.2.
 * @throws {SealError} `seal.bad-length`, `seal.open-failed`, `seal.bad-signature`, `seal.bad-sender`
 */
export function openMessage(sealed: Uint8Array, recipient: X25519KeyPair, convertKey?: KeyConversion): OpenedMessage {
  const { length } = sealed
  if (length < SEAL_OVERHEAD || length > MAX_MESSAGE_BYTES) throw new SealError('seal.bad-length', { length })
  const inner = openSealedBox(sealed, recipient)
  if (inner === undefined) throw new SealError('seal.open-failed', { length })
  const end = inner.length - TRAILER_LENGTH
  const senderKey = ed25519PublicKey(inner.slice(end, end + KEY_LENGTH))
  const signature = ed25519Signature(inner.slice(end + KEY_LENGTH))
  inner.set(recipient.publicKey, end + KEY_LENGTH) // what was signed stands where the signature stood
  if (!ed25519Verify(senderKey, inner.subarray(0, end + 2 * KEY_LENGTH), signature)) {
    throw new SealError('seal.bad-signature')
  }
  return { content: inner.subarray(0, end), sender: accountOf(senderKey, convertKey), senderKey }
}

/** @throws {SealError} `seal.bad-sender` for a key that can sign but has no X25519 form */
export function accountOf(key: Ed25519PublicKey, convertKey?: KeyConversion): AccountId {
  const account = accountIdOfSigner(key, convertKey)
  if (account === undefined) throw new SealError('seal.bad-sender')
  return account
}
