import { type AccountId } from '../account/index.ts'
import { type AttachmentPointer } from './attachment-pointer.ts'
import { type UnreadField } from './codec.ts'
import { type Expiry } from './expiry.ts'
import { type GroupUpdate } from './group-update.ts'
import { type RoomInvitation } from './invitation.ts'
import { type LinkPreview } from './link-preview.ts'
import { type Profile } from './profile.ts'
import { type Quote } from './quote.ts'
import { type Reaction } from './reaction.ts'

/** What every data message can carry, whatever it is about. Spec 10 §4.3. */
export interface DataParts {
  /** The sender's; left out of the copies for one's own devices. */
  readonly profile?: Profile | undefined
  /** In copies for one's own devices: whom the message was sent to. From anyone else it is a reason to drop it. */
  readonly syncTarget?: AccountId | undefined
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/**
 * Something to be shown in a conversation. It has a text, attachments, a quote, a preview or an invitation.
 * Spec 10 §5.2.
 */
export interface VisibleMessage extends DataParts {
  readonly kind: 'message'
  /** As it came, direction marks and control characters included: whoever shows it isolates it. */
  readonly body?: string | undefined
  readonly attachments: readonly AttachmentPointer[]
  readonly quote?: Quote | undefined
  readonly preview?: LinkPreview | undefined
  readonly invitation?: RoomInvitation | undefined
  /** In communities: do not offer to write to the sender. */
  readonly blocksRequests?: boolean | undefined
}

/** A reaction is not a message of its own, though it has its own time. Spec 10 §5.2. */
export interface ReactionMessage extends DataParts {
  readonly kind: 'reaction'
  readonly reaction: Reaction
}

/** The expiry of the conversation was changed to that of this message. Spec 10 §5.8. */
export interface ExpiryChange extends DataParts {
  readonly kind: 'expiry-change'
  readonly expiry: Expiry
}

/** A control message of a group. Spec 10 §4.8. */
export interface GroupUpdateContent extends DataParts {
  readonly kind: 'group-update'
  readonly update: GroupUpdate
  /** Unknown fields beside the update. */
  readonly unreadInUpdate?: readonly UnreadField[] | undefined
}

/** The longest texts, in code points, counted before sending; a receiver takes what fits. Spec 10 §5.2. */
export const maxBodyLength = { ordinary: 2000, pro: 10_000 } as const

/** How long a text counts: in code points. Spec 10 §5.2. */
export function bodyLength(body: string): number {
  let length = 0
  for (const _ of body) length++
  return length
}
