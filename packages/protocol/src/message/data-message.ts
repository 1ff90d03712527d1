import { readPointer, requireFewAttachments, writePointer } from './attachment-pointer.ts'
import { build, present } from './codec.ts'
import { type Expiry } from './expiry.ts'
import { writeGroupUpdate } from './write-group-update.ts'
import { type DataMessage, DataMessageSchema } from './gen/session_pb.ts'
import { readGroupUpdate } from './group-update.ts'
import { readAccountId } from './ids.ts'
import { readInvitation, writeInvitation } from './invitation.ts'
import { readPreview, writePreview } from './link-preview.ts'
import { MessageError } from './message-error.ts'
import { readProfile, writeProfile } from './profile.ts'
import { readQuote, writeQuote } from './quote.ts'
import { readReaction, writeReaction } from './reaction.ts'
import {
  type DataParts,
  type ExpiryChange,
  type GroupUpdateContent,
  type ReactionMessage,
  type VisibleMessage,
} from './visible-message.ts'

/** What a data message can turn out to be. Spec 10 §4.3, §5.1. */
export type DataBody = VisibleMessage | ReactionMessage | ExpiryChange | GroupUpdateContent

const EXPIRY_CHANGE_FLAG = 2

/**
 * Decides what a data message is: a change of expiry if it is marked as one, else a group update, else something
 * visible, else a reaction. `undefined` if it is nothing of that. Spec 10 §4.3, §5.1.
 * @throws {MessageError} `message.bad-flags`, `message.too-many-attachments`, and those of its parts
 */
export function readDataMessage(wire: DataMessage, expiry: Expiry | undefined): DataBody | undefined {
  if (wire.flags !== 0 && wire.flags !== EXPIRY_CHANGE_FLAG) throw new MessageError('message.bad-flags')
  const parts = readParts(wire)
  if (wire.flags === EXPIRY_CHANGE_FLAG) {
    return { kind: 'expiry-change', expiry: expiry ?? { mode: 'off', timerSeconds: 0 }, ...parts }
  }
  const { groupUpdateMessage } = wire
  if (groupUpdateMessage !== undefined) {
    const update = readGroupUpdate(groupUpdateMessage)
    if (update === undefined) return undefined
    return { kind: 'group-update', update, unreadInUpdate: groupUpdateMessage.$unknown, ...parts }
  }
  return readVisible(wire, parts) ?? readReactionMessage(wire, parts)
}

function readParts(wire: DataMessage): DataParts {
  return {
    profile: readProfile(wire.profile, present(wire, 'profileKey')),
    syncTarget: wire.syncTarget === '' ? undefined : readAccountId(wire.syncTarget),
    unreadInBody: wire.$unknown,
  }
}

function readVisible(wire: DataMessage, parts: DataParts): VisibleMessage | undefined {
  requireFewAttachments(wire.attachments)
  const message: VisibleMessage = {
    kind: 'message',
    body: present(wire, 'body'),
    attachments: wire.attachments.map(readPointer),
    quote: wire.quote === undefined ? undefined : readQuote(wire.quote),
    preview: readPreview(wire.preview, wire.body),
    invitation: wire.openGroupInvitation === undefined ? undefined : readInvitation(wire.openGroupInvitation),
    blocksRequests: present(wire, 'blocksCommunityMessageRequests'),
    ...parts,
  }
  return hasContent(message) ? message : undefined
}

function readReactionMessage(wire: DataMessage, parts: DataParts): ReactionMessage | undefined {
  const reaction = wire.reaction === undefined ? undefined : readReaction(wire.reaction)
  return reaction === undefined ? undefined : { kind: 'reaction', reaction, ...parts }
}

/** Anything else would be an empty bubble. A preview needs a text, so it need not be asked for. */
function hasContent({ body, attachments, quote, invitation }: VisibleMessage): boolean {
  const hasText = body !== undefined && body !== ''
  return hasText || attachments.length > 0 || quote !== undefined || invitation !== undefined
}

/** @throws {MessageError} `message.too-many-attachments`, `message.bad-time`, `message.bad-value` */
export function writeDataMessage(content: DataBody): DataMessage {
  const parts = { ...writeProfile(content.profile), syncTarget: content.syncTarget }
  return build(DataMessageSchema, { ...bodyOf(content), ...parts }, content.unreadInBody)
}

function bodyOf(content: DataBody): { readonly [K in keyof DataMessage]?: DataMessage[K] | undefined } {
  switch (content.kind) {
    case 'message':
      return writeVisible(content)
    case 'reaction':
      return { reaction: writeReaction(content.reaction) }
    case 'expiry-change':
      return { flags: EXPIRY_CHANGE_FLAG }
    case 'group-update':
      return { groupUpdateMessage: writeGroupUpdate(content.update, content.unreadInUpdate) }
  }
}

function writeVisible(message: VisibleMessage): { readonly [K in keyof DataMessage]?: DataMessage[K] | undefined } {
  const { body, attachments, quote, preview, invitation } = message
  requireFewAttachments(attachments)
  return {
    body,
    attachments: attachments.map(writePointer),
    quote: quote === undefined ? undefined : writeQuote(quote),
    preview: preview === undefined ? [] : [writePreview(preview)],
    openGroupInvitation: invitation === undefined ? undefined : writeInvitation(invitation),
    blocksCommunityMessageRequests: message.blocksRequests,
  }
}
