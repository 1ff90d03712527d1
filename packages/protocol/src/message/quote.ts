import { type AttachmentPointer, readPointer, writePointer } from './attachment-pointer.ts'
import { build, present, type UnreadField } from './codec.ts'
import {
  type Quote as WireQuote,
  type Quote_QuotedAttachment,
  Quote_QuotedAttachmentSchema,
  QuoteSchema,
} from './gen/session_pb.ts'
import { type AuthorId, tryReadAuthor } from './ids.ts'
import { readTime, writeTime } from './time.ts'

/** The message that this one answers, named by author and time. Spec 10 §4.4. */
export interface Quote {
  /** Unix ms of the quoted message. */
  readonly sentAt: number
  readonly author: AuthorId
  /** What the sender says that it said. Never to be shown: anyone can put words in another's mouth here. */
  readonly text?: string | undefined
  readonly attachments: readonly QuotedAttachment[]
  readonly unread?: readonly UnreadField[] | undefined
}

/** As little to be trusted as the text. Read, but no longer sent. Spec 10 §4.4. */
export interface QuotedAttachment {
  readonly contentType?: string | undefined
  readonly fileName?: string | undefined
  readonly thumbnail?: AttachmentPointer | undefined
  readonly flags?: number | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/**
 * A quote whose author is nobody points nowhere, and is left out rather than lose the message around it.
 * @throws {MessageError} `message.bad-time`
 */
export function readQuote(wire: WireQuote): Quote | undefined {
  const author = tryReadAuthor(wire.author)
  if (author === undefined) return undefined
  return {
    sentAt: readTime(wire.id),
    author,
    text: present(wire, 'text'),
    attachments: wire.attachments.map(readQuoted),
    unread: wire.$unknown,
  }
}

/** @throws {MessageError} `message.bad-time` */
export function writeQuote({ sentAt, author, text, attachments, unread }: Quote): WireQuote {
  return build(QuoteSchema, { id: writeTime(sentAt), author, text, attachments: attachments.map(writeQuoted) }, unread)
}

function readQuoted(wire: Quote_QuotedAttachment): QuotedAttachment {
  return {
    contentType: present(wire, 'contentType'),
    fileName: present(wire, 'fileName'),
    thumbnail: wire.thumbnail === undefined ? undefined : readPointer(wire.thumbnail),
    flags: present(wire, 'flags'),
    unread: wire.$unknown,
  }
}

function writeQuoted({ thumbnail, unread, ...rest }: QuotedAttachment): Quote_QuotedAttachment {
  const pointer = thumbnail === undefined ? undefined : writePointer(thumbnail)
  return build(Quote_QuotedAttachmentSchema, { ...rest, thumbnail: pointer }, unread)
}
