import { type Typing } from './typing.ts'

/** How far a message may be from the time at which a community server took it. Spec 10 §3.3. */
const MAX_POSTED_DIFFERENCE_MS = 6 * 60 * 60 * 1000

/**
 * Whether the authenticated time of a content is that of its envelope, to the millisecond; the envelope itself is not
 * authenticated. Old senders said no time inside, which is accepted. Spec 10 §3.3.
 */
export function isEnvelopeTimely(sentAt: number | undefined, envelopeSentAt: number): boolean {
  return sentAt === undefined || sentAt === envelopeSentAt
}

/** The same for messages in rooms and inboxes of communities: six hours either way. Both are Unix ms. Spec 10 §3.3. */
export function isPostedTimely(sentAt: number | undefined, postedAt: number): boolean {
  return sentAt === undefined || Math.abs(sentAt - postedAt) <= MAX_POSTED_DIFFERENCE_MS
}

/** Whether a sign of typing is to be heeded: its time inside is that of the envelope too. Spec 10 §4.6. */
export function isTypingTimely(typing: Typing, envelopeSentAt: number): boolean {
  return typing.typedAt === envelopeSentAt
}
