import { readCall } from './call.ts'
import { type WireLimits } from './check-wire.ts'
import { decodeWire, present, wireSchema } from './codec.ts'
import { type Content, type ContentBody, type ContentHead } from './content.ts'
import { readDataExtraction } from './data-extraction.ts'
import { readDataMessage } from './data-message.ts'
import { type Expiry, readExpiry } from './expiry.ts'
import { type Content as WireContent, ContentSchema } from './gen/session_pb.ts'
import { requireBytes } from './ids.ts'
import { readPro } from './pro.ts'
import { readReceipt } from './receipt.ts'
import { readRequestResponse } from './request-response.ts'
import { readSharedConfig } from './shared-config.ts'
import { readTime } from './time.ts'
import { readTyping } from './typing.ts'
import { readUnsend } from './unsend.ts'

const schema = wireSchema(ContentSchema)

/**
 * Reads a serialised content without padding. Of several bodies the first counts, in the order data message, receipt,
 * typing, data extraction, unsend, call, request response, shared config (the order of desktop clients); the others are
 * lost. Members are views into the input. Spec 10 §4.2.
 * @throws {MessageError} every code but those of envelopes
 */
export function decodeContent(input: Uint8Array, limits?: Partial<WireLimits>): Content {
  const { message: wire, hasUnread } = decodeWire(schema, input, limits)
  const head = readHead(wire)
  const body = readBody(wire, head.expiry)
  if (body !== undefined) return { ...head, ...body }
  return { ...head, kind: hasUnread || hasBody(wire) ? 'unknown' : 'empty', bytes: input }
}

function readHead(wire: WireContent): ContentHead {
  const sentAt = readTime(wire.sigTimestamp)
  const signature = present(wire, 'proSigForCommunityMessageOnly')
  return {
    sentAt: sentAt === 0 ? undefined : sentAt,
    expiry: readExpiry(wire),
    pro: wire.proMessage === undefined ? undefined : readPro(wire.proMessage),
    communityProSignature: signature === undefined ? undefined : requireBytes(signature, 64),
    abilities: present(wire, 'sottoAbilities'),
    unread: wire.$unknown,
  }
}

function readBody(wire: WireContent, expiry: Expiry | undefined): ContentBody | undefined {
  if (wire.dataMessage !== undefined) return readDataMessage(wire.dataMessage, expiry)
  if (wire.receiptMessage !== undefined) return readReceipt(wire.receiptMessage)
  if (wire.typingMessage !== undefined) return readTyping(wire.typingMessage)
  if (wire.dataExtractionNotification !== undefined) return readDataExtraction(wire.dataExtractionNotification)
  if (wire.unsendRequest !== undefined) return readUnsend(wire.unsendRequest)
  if (wire.callMessage !== undefined) return readCall(wire.callMessage)
  if (wire.messageRequestResponse !== undefined) return readRequestResponse(wire.messageRequestResponse)
  if (wire.sharedConfigMessage !== undefined) return readSharedConfig(wire.sharedConfigMessage)
  return undefined
}

/** Whether there is a body that means something, though not to us. A data message without content means nothing. */
function hasBody({ dataMessage, ...wire }: WireContent): boolean {
  if (dataMessage !== undefined) {
    return dataMessage.groupUpdateMessage !== undefined || dataMessage.reaction !== undefined
  }
  return bodies.some(name => wire[name] !== undefined)
}

/** The bodies that can be of a type that we do not know. */
const bodies = [
  'receiptMessage',
  'typingMessage',
  'dataExtractionNotification',
  'callMessage',
  'sharedConfigMessage',
] as const
