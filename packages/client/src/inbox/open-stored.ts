import { type AccountKeys } from '@sotto/protocol/account'
import { type KeyConversion } from '@sotto/protocol/crypto'
import { SottoError } from '@sotto/protocol/error'
import { conversationOf, openInboxMessage, SealError } from '@sotto/protocol/seal'
import { isAllowedFromSelf } from '@sotto/protocol/message'
import { type StoredMessage } from '@sotto/protocol/storage'
import { type Received } from '../engine/feature.ts'
import { contentDigest } from './content-digest.ts'
import { type RawReason } from './raw-messages.ts'

/** What came of opening: something to act on, something to keep as it is, or something to be rid of. */
export type Opened =
  | { readonly kind: 'received'; readonly received: Received }
  | { readonly kind: 'raw'; readonly reason: RawReason }
  | { readonly kind: 'refused' }

/**
 * Opens a message of the own inbox. Nothing is written, and no error leaves it but those of the program itself. What opens
 * but breaks a rule that its sender knew is refused for good; what does not open, or not yet, is kept. `convertKey` may remember
 * senders.
 */
export function openStored(
  message: StoredMessage,
  keys: AccountKeys,
  receivedAt: number,
  convertKey: KeyConversion,
): Opened {
  try {
    const { content, sender, sentAt } = openInboxMessage(message.data, keys.x25519, convertKey)
    const fromSelf = sender === keys.accountId
    if (fromSelf && !isAllowedFromSelf(content)) return { kind: 'refused' }
    const conversation = conversationOf(content, sender, keys.accountId)
    const { data, expiry: networkExpiry, hash } = message
    const about = { sender, fromSelf, conversation, sentAt, hash, networkExpiry, receivedAt, size: data.length }
    // The content is of the kind that it says: that is all that the type of `Received` asks for.
    const received = { ...about, content, digest: contentDigest(content) } as Received
    return { kind: 'received', received }
  } catch (error) {
    if (error instanceof SottoError) return judge(error)
    throw error
  }
}

function judge(error: SottoError): Opened {
  if (!(error instanceof SealError)) return { kind: 'raw', reason: 'unopened' }
  switch (error.code) {
    case 'seal.other-version':
      return { kind: 'raw', reason: 'newer' }
    case 'seal.foreign-copy':
    case 'seal.wrong-time':
    case 'seal.bad-signature':
    case 'seal.bad-sender':
      return { kind: 'refused' }
    default:
      return { kind: 'raw', reason: 'unopened' }
  }
}
