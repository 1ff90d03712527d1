import { blindedKey, formatAccountId, isBlindedId15, type AccountId, type BlindedId } from '../account/index.ts'
import {
  blake2b,
  ed25519PublicKey,
  ed25519ToX25519,
  multiplyPoint,
  nonce24,
  privateScalar,
  signBit,
  SymmetricKey,
  tryXchacha20poly1305Open,
  withSignBit,
  xchacha20poly1305Seal,
  type Ed25519PublicKey,
  type Nonce24,
} from '../crypto/index.ts'
import { concatBytes } from '../encoding/index.ts'
import { refuseBadKey } from './bad-key.ts'
import { blindingScheme, flippedBlindedId15 } from './blinded-id.ts'
import { blinded15IdOfKey, blinded25IdOfKey } from './blinded-ids.ts'
import { BlindingError } from './blinding-error.ts'
import { type BlindedKeyPair } from './key-pair.ts'

/** Between whom a message goes, as the server names them. Both ids are of one scheme. Spec 10 §2.4. */
export interface BlindedRoute {
  readonly sender: BlindedId
  readonly recipient: BlindedId
}

/** What was in a message of a community inbox. Spec 10 §2.4. */
export interface OpenedBlindedMessage {
  /** Still padded (`unpadMessage`). */
  readonly content: Uint8Array
  /** The account behind the sender's id, proven by the message. */
  readonly sender: AccountId
}

const VERSION = 0
/** version 1, tag 16, sender's key 32, nonce 24. */
const OVERHEAD = 1 + 16 + 32 + 24
/** Spec 70 §6.1, F6. */
const MAX_LENGTH = 76_800

/**
 * Seals padded content (`padMessage`) to a blinded id: 00 ‖ XChaCha20-Poly1305(content ‖ sender's Ed25519 key) ‖ nonce 24.
 * There is no signature; the recipient learns the sender's account. `recipient` is the id as the server reports it: for a
 * 15 id a guessed sign gives a message that most clients cannot open. Spec 10 §2.4.
 * @throws {BlindingError} `blinding.mixed-schemes`, `blinding.bad-key`
 */
export function sealBlindedMessage(
  content: Uint8Array,
  sender: BlindedKeyPair,
  recipient: BlindedId,
  nonce: Nonce24,
): Uint8Array {
  requireScheme(sender, recipient)
  const other = blindedKey(recipient)
  const key = messageKey(sharedPoint(sender, other), sender.publicKey, other)
  const sealed = xchacha20poly1305Seal(key, nonce, concatBytes(content, sender.account.publicKey))
  return concatBytes(Uint8Array.of(VERSION), sealed, nonce)
}

/**
 * Opens a message of an inbox or an outbox, as its recipient or as its sender. Spec 10 §2.4.
 * @throws {BlindingError} every code; none means more than that this message is lost
 */
export function openBlindedMessage(
  sealed: Uint8Array,
  reader: BlindedKeyPair,
  { sender, recipient }: BlindedRoute,
): OpenedBlindedMessage {
  if (sealed.length < OVERHEAD) throw new BlindingError('blinding.too-short', { length: sealed.length })
  if (sealed.length > MAX_LENGTH) throw new BlindingError('blinding.too-long', { length: sealed.length })
  if (sealed[0] !== VERSION) throw new BlindingError('blinding.bad-version', { version: sealed[0] ?? -1 })
  requireScheme(reader, sender)
  requireScheme(reader, recipient)
  const key = messageKey(readerPoint(reader, sender, recipient), blindedKey(sender), blindedKey(recipient))
  const nonce = nonce24(sealed.subarray(-24))
  const inner = tryXchacha20poly1305Open(key, nonce, sealed.subarray(1, -24))
  if (inner === undefined) throw new BlindingError('blinding.open-failed', { length: sealed.length })
  return {
    content: inner.subarray(0, -32),
    sender: senderAccount(reader, sender, ed25519PublicKey(inner.subarray(-32))),
  }
}

/**
 * The point that the writer multiplied. A writer who knew the reader by the 15 id of the other sign has its negative.
 * Traps 12 and 13 of spec 10.
 */
function readerPoint(reader: BlindedKeyPair, sender: BlindedId, recipient: BlindedId): Ed25519PublicKey {
  if (isSame(reader.id, sender)) return sharedPoint(reader, blindedKey(recipient))
  if (!isSame(reader.id, recipient)) throw new BlindingError('blinding.not-addressed')
  const point = sharedPoint(reader, blindedKey(sender))
  return recipient === reader.id ? point : withSignBit(point, signBit(point) === 0 ? 1 : 0)
}

/** For 15 a · other, for 25 k′a · other. */
function sharedPoint(own: BlindedKeyPair, other: Ed25519PublicKey): Ed25519PublicKey {
  return refuseBadKey(() => multiplyPoint(own.scheme === '15' ? privateScalar(own.account) : own.secret, other))
}

/** BLAKE2b-32(shared ‖ sender ‖ recipient), in this order whoever computes it; the prefixes are not hashed. */
function messageKey(shared: Ed25519PublicKey, sender: Ed25519PublicKey, recipient: Ed25519PublicKey): SymmetricKey {
  return new SymmetricKey(blake2b(32, shared, sender, recipient))
}

/** The account of the key in the message, if blinding that key gives the id that the server names. */
function senderAccount(reader: BlindedKeyPair, sender: BlindedId, key: Ed25519PublicKey): AccountId {
  const id = (reader.scheme === '15' ? blinded15IdOfKey : blinded25IdOfKey)(key, reader.server)
  if (!isSame(id, sender)) throw new BlindingError('blinding.wrong-sender')
  return formatAccountId(ed25519ToX25519(key))
}

/** 15 ids of both signs are the same one here. */
function isSame(own: BlindedId, id: BlindedId): boolean {
  return own === id || (isBlindedId15(own) && flippedBlindedId15(own) === id)
}

function requireScheme(keyPair: BlindedKeyPair, id: BlindedId): void {
  if (keyPair.scheme !== blindingScheme(id)) throw new BlindingError('blinding.mixed-schemes')
}
