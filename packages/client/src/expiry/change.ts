import { effectiveExpiry, type Expiry } from '@sotto/protocol/message'
import { type TimedContent } from '@sotto/protocol/seal'
import { type AccountId } from '@sotto/protocol/account'
import { ownProfile } from '../account/own-profile.ts'
import { requireAccepted } from '../contacts/require-accepted.ts'
import { ensureConversation, findConversation, noteActivity } from '../conversations/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { type Received } from '../engine/feature.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { contentDigest } from '../inbox/content-digest.ts'
import { insertMessage } from '../messages/rows.ts'
import { beginReply } from '../requests/reply.ts'
import { type Tx } from '../store/store.ts'
import { ExpiryError } from './expiry-error.ts'

/** The kind of the line that says that someone changed it; its data is an `Expiry`. */
const EXPIRY_LINE = 'expiry-change'

/** The shortest that nodes keep anything, and the longest. Spec 20 §3.6. */
const timerSeconds = { min: 10, max: 1_209_600 }

/**
 * Changes how own messages of a conversation disappear from now on, tells the other person and the own devices, and shows a
 * line of it, which disappears like a message. Nothing happens if it is so already. Spec 10 §5.8.
 * @throws {ExpiryError}
 * @throws {ClientError} those of `requireAccepted`
 */
export function changeExpiry(tx: Tx, conversation: ConversationId, wanted: Expiry, context: EngineContext): void {
  const { own, outbox, time } = context
  const recipient = requireAccepted(tx, conversation, own)
  const expiry = checkExpiry(wanted, recipient === own)
  const known = findConversation(tx, recipient)
  const { expiryMode, expirySeconds } = known ?? { expiryMode: 'off', expirySeconds: 0 }
  if (expiryMode === expiry.mode && expirySeconds === expiry.timerSeconds) return
  const sentAt = beginReply(tx, recipient, context)
  setExpiry(tx, recipient, expiry, sentAt)
  decide(tx, recipient, expiry, context)
  const profile = recipient === own ? undefined : ownProfile(tx)
  const content: TimedContent = { kind: 'expiry-change', expiry, sentAt, profile }
  const message = insertMessage(tx, own, {
    conversation: recipient,
    sender: own,
    sentAt,
    digest: contentDigest(content),
    outgoing: true,
    kind: EXPIRY_LINE,
    state: 'queued',
    receivedAt: time.now(),
    expiry: effectiveExpiry(expiry, recipient === own),
    data: expiry,
  })
  outbox.enqueue(tx, { content, recipient, copy: true, ...(message === undefined ? {} : { message }) })
  noteActivity(tx, recipient, sentAt)
}

/**
 * Shows a line that the other person changed theirs; the own setting stays, and can be made to follow. If it was an own device,
 * the setting is changed here too, unless it was changed later. Spec 50 §3.12, §5.
 */
export function receiveExpiryChange(tx: Tx, received: Received<'expiry-change'>, { own }: EngineContext): void {
  const { content, conversation, digest, fromSelf, hash, networkExpiry, receivedAt, sender, sentAt } = received
  ensureConversation(tx, conversation, conversation === own ? 'self' : 'contact', receivedAt)
  const effective = effectiveExpiry(content.expiry, conversation === own)
  const shown = effective ?? { mode: 'off', timerSeconds: 0 }
  const isNew = insertMessage(tx, own, {
    conversation,
    sender,
    sentAt,
    digest,
    outgoing: fromSelf,
    kind: EXPIRY_LINE,
    state: fromSelf ? 'sent' : 'received',
    receivedAt,
    hash,
    networkExpiry,
    expiry: effective,
    data: shown,
  })
  if (isNew === undefined) return
  noteActivity(tx, conversation, Math.min(sentAt, receivedAt))
  if (fromSelf) setExpiry(tx, conversation, shown, Math.min(sentAt, receivedAt))
}

function checkExpiry(expiry: Expiry, isNotes: boolean): Expiry {
  if (expiry.mode === 'off') return { mode: 'off', timerSeconds: 0 }
  if (isNotes && expiry.mode === 'after-read') throw new ExpiryError('expiry.not-for-notes')
  if (expiry.timerSeconds < timerSeconds.min || expiry.timerSeconds > timerSeconds.max) {
    throw new ExpiryError('expiry.bad-timer', { seconds: expiry.timerSeconds })
  }
  return expiry
}

/** Unless it was changed later than `changedAt` (Unix ms). */
function setExpiry(tx: Tx, conversation: AccountId, expiry: Expiry, changedAt: number): void {
  const sql = `UPDATE conversations SET expiry_mode = ?, expiry_seconds = ?, expiry_changed_at = ?
    WHERE id = ? AND expiry_changed_at <= ?`
  tx.run(sql, expiry.mode, expiry.timerSeconds, changedAt, conversation, changedAt)
}

/** Spec 30 §4.1, §4.2: modes are 1 after sending, 2 after reading; notes to self have a timer only. */
function decide(tx: Tx, recipient: AccountId, { mode, timerSeconds: seconds }: Expiry, context: EngineContext): void {
  const now = context.time.now()
  if (recipient === context.own) {
    recordDecision(tx, { namespace: journalOf.userProfile, subject: '', field: 'e', value: seconds }, now)
    return
  }
  const about = { namespace: journalOf.contacts, subject: recipient }
  recordDecision(tx, { ...about, field: 'e', value: { off: 0, 'after-send': 1, 'after-read': 2 }[mode] }, now)
  recordDecision(tx, { ...about, field: 'E', value: seconds }, now)
}
