import { writeCall } from './call.ts'
import { build, encodeWire } from './codec.ts'
import { type Content } from './content.ts'
import { writeDataExtraction } from './data-extraction.ts'
import { writeDataMessage } from './data-message.ts'
import { writeExpiry } from './expiry.ts'
import { type Content as WireContent, ContentSchema } from './gen/session_pb.ts'
import { MessageError } from './message-error.ts'
import { writePro } from './pro.ts'
import { writeReceipt } from './receipt.ts'
import { writeRequestResponse } from './request-response.ts'
import { writeSharedConfig } from './shared-config.ts'
import { writeOptionalTime } from './time.ts'
import { writeTyping } from './typing.ts'
import { writeUnsend } from './unsend.ts'

/** The longest content that still fits in a stored message, sealed and wrapped. Spec 10 §3.7. */
export const MAX_CONTENT_LENGTH = 76_478

/** What can be formatted: the kinds that are read, and what was kept unread. */
type Readable = Exclude<Content, { readonly bytes: Uint8Array }>

/**
 * The bytes that `decodeContent` reads: fields ascending, and those that it did not know at the end of the message that
 * they were in. `maxLength` is in bytes. Spec 10 §4.2.
 * @throws {MessageError} `message.too-long`, `message.too-many-attachments`, `message.bad-time`, `message.bad-value`
 */
export function encodeContent(content: Content, maxLength = MAX_CONTENT_LENGTH): Uint8Array {
  const bytes = 'bytes' in content ? Uint8Array.from(content.bytes) : encodeWire(ContentSchema, writeContent(content))
  if (bytes.length > maxLength) throw new MessageError('message.too-long', { length: bytes.length })
  return bytes
}

function writeContent(content: Readable): WireContent {
  const head = {
    ...writeExpiry(content.expiry),
    sigTimestamp: writeOptionalTime(content.sentAt),
    proMessage: content.pro === undefined ? undefined : writePro(content.pro),
    proSigForCommunityMessageOnly: content.communityProSignature,
    sottoAbilities: content.abilities,
  }
  return build(ContentSchema, { ...writeBody(content), ...head }, content.unread)
}

function writeBody(content: Readable): Partial<WireContent> {
  switch (content.kind) {
    case 'message':
    case 'reaction':
    case 'expiry-change':
    case 'group-update':
      return { dataMessage: writeDataMessage(content) }
    case 'receipt':
      return { receiptMessage: writeReceipt(content) }
    case 'typing':
      return { typingMessage: writeTyping(content) }
    case 'data-extraction':
      return { dataExtractionNotification: writeDataExtraction(content) }
    case 'unsend':
      return { unsendRequest: writeUnsend(content) }
    case 'call':
      return { callMessage: writeCall(content) }
    case 'request-response':
      return { messageRequestResponse: writeRequestResponse(content) }
    case 'shared-config':
      return { sharedConfigMessage: writeSharedConfig(content) }
  }
}
