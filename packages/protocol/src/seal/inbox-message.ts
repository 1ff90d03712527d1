import { type AccountId, accountKey, type AccountKeys, formatAccountId } from '../account/index.ts'
import { type Ed25519KeyPair, type Ed25519PublicKey, type KeyConversion, type X25519KeyPair } from '../crypto/index.ts'
import {
  type Content,
  encodeInboxMessage,
  encodePaddedContent,
  isEnvelopeTimely,
  decodeInboxMessage,
  decodePaddedContent,
} from '../message/index.ts'
import { openMessage, sealMessage } from './message.ts'
import { type ProMark, proSignatureFor } from './pro-mark.ts'
import { SealError } from './seal-error.ts'
import { isV2Message } from './v2/recognise.ts'

/** A content with its time, without which none is sent. Spec 10 §3.2. */
export type TimedContent = Content & { readonly sentAt: number }

/** From whom, to whom, and what must be fresh for every message. Spec 10 §3.2. */
export interface InboxSealing {
  readonly sender: Ed25519KeyPair
  readonly recipient: AccountId
  readonly ephemeral: X25519KeyPair
  readonly mark: ProMark
}

const SOURCE_DEVICE = 1

/**
 * The bytes that are stored in the recipient's namespace 0, or in one's own for a copy: the padded content, sealed, in an
 * envelope with its time, in the frame of an inbox. Spec 10 §3.2.
 * @throws {MessageError} those of `encodeContent`
 * @throws {CryptoError} `crypto.weak-key`
 */
export function sealInboxMessage(
  content: TimedContent,
  { sender, recipient, ephemeral, mark }: InboxSealing,
): Uint8Array {
  const sealed = sealMessage(encodePaddedContent(content), sender, accountKey(recipient), ephemeral)
  const proSignature = proSignatureFor(mark, sealed)
  return encodeInboxMessage({
    type: 'account',
    sentAt: content.sentAt,
    content: sealed,
    proSignature,
    sourceDevice: SOURCE_DEVICE,
  })
}

/** A message as it came out of an inbox. Spec 10 §3.3. */
export interface InboxMessage {
  readonly content: Content
  readonly sender: AccountId
  readonly senderKey: Ed25519PublicKey
  /** Unix ms, from the envelope; what old senders did not say inside is not authenticated. */
  readonly sentAt: number
  /** What a Pro signature goes over; a view. */
  readonly sealed: Uint8Array
  readonly proSignature?: Uint8Array | undefined
}

/**
 * Undoes `sealInboxMessage`, with every check that a reader owes. `convertKey` is as in `openMessage`. Spec 10 §3.3, §5.1.
 * @throws {SealError} `seal.other-version` for the format of `openV2Message`, `seal.bad-length`, `seal.open-failed`,
 * `seal.bad-signature`, `seal.bad-sender`, `seal.wrong-time`, `seal.foreign-copy`
 * @throws {MessageError} those of `decodeInboxMessage` and `decodeContent`
 * @throws {PaddingError} `padding.only-zeros`
 */
export function openInboxMessage(data: Uint8Array, recipient: X25519KeyPair, convertKey?: KeyConversion): InboxMessage {
  if (isV2Message(data)) throw new SealError('seal.other-version')
  const { sentAt, content: sealed, proSignature } = decodeInboxMessage(data)
  const { content: padded, sender, senderKey } = openMessage(sealed, recipient, convertKey)
  const content = decodePaddedContent(padded)
  if (!isEnvelopeTimely(content.sentAt, sentAt)) throw new SealError('seal.wrong-time')
  requireOwnCopy(content, sender, formatAccountId(recipient.publicKey))
  return { content, sender, senderKey, sentAt, sealed, proSignature }
}

/**
 * A copy for one's own devices names whom the message went to; from anyone else that is an attempt to put words into our
 * mouth. Spec 10 §5.1.
 * @throws {SealError} `seal.foreign-copy`
 */
export function requireOwnCopy(content: Content, sender: AccountId, own: AccountId): void {
  if ('syncTarget' in content && content.syncTarget !== undefined && sender !== own) {
    throw new SealError('seal.foreign-copy')
  }
}

/** Whose conversation an opened message belongs to: the sender's, or in a copy that of whom it went to. Spec 10 §5.1. */
export function conversationOf(content: Content, sender: AccountId, own: AccountKeys['accountId']): AccountId {
  const target = 'syncTarget' in content ? content.syncTarget : undefined
  return sender === own && target !== undefined ? target : sender
}
