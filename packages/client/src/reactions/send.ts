import { MAX_REACTIONS_PER_MINUTE } from '@sotto/protocol/message'
import { type TimedContent } from '@sotto/protocol/seal'
import { ownProfile } from '../account/own-profile.ts'
import { abilitiesFor } from '../contacts/abilities.ts'
import { requireAccepted } from '../contacts/require-accepted.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { findMessage } from '../messages/rows.ts'
import { expiryOf } from '../messages/send.ts'
import { numberOf } from '../store/columns.ts'
import { type Tx } from '../store/store.ts'
import { isEmoji } from './emoji.ts'
import { ReactionError } from './reaction-error.ts'
import { takesReactions } from './receive.ts'
import { hasReaction, putReaction, takeReaction } from './rows.ts'

const MINUTE_MS = 60_000

/** What the user does: to which row, with what. */
export interface OwnReaction {
  readonly message: number
  readonly emoji: string
  readonly action: 'react' | 'remove'
}

/**
 * Reacts, or takes a reaction away; nothing happens where it is so already. Recipient and own devices get it under different
 * times, neither of them that of the message. Spec 10 §5.2, trap 15.
 * @throws {ReactionError}
 * @throws {ClientError} `client.unknown-message`, and those of `requireAccepted`
 */
export function sendReaction(tx: Tx, { message, emoji, action }: OwnReaction, context: EngineContext): void {
  const { own, outbox } = context
  if (!isEmoji(emoji)) throw new ReactionError('reaction.not-an-emoji')
  const target = findMessage(tx, message)
  if (target === undefined) throw new ClientError('client.unknown-message')
  const isThere = target.state === 'sent' || target.state === 'received'
  if (!isThere || !takesReactions(target)) throw new ReactionError('reaction.not-possible')
  const recipient = requireAccepted(tx, target.conversation, own)
  if (hasReaction(tx, { message, sender: own, emoji }) === (action === 'react')) return
  keepPace(tx, context)
  const sentAt = context.nextSentAt(tx)
  const apply = action === 'react' ? putReaction : takeReaction
  apply(tx, { message, sender: own, emoji, sentAt })
  const content: TimedContent = {
    kind: 'reaction',
    sentAt,
    reaction: { targetSentAt: target.sentAt, targetAuthor: target.sender, emoji, action },
    expiry: expiryOf(tx, recipient),
    profile: recipient === own ? undefined : ownProfile(tx),
    abilities: abilitiesFor(tx, recipient),
  }
  outbox.enqueue(tx, { content, recipient, copy: true, copySentAt: context.nextSentAt(tx) })
}

/** At most 20 in any 60 s, restarts included. Spec 10 §5.2. */
function keepPace(tx: Tx, { time }: EngineContext): void {
  const now = time.now()
  tx.run('DELETE FROM reaction_times WHERE sent_at <= ? OR sent_at > ?', now - MINUTE_MS, now)
  const row = tx.get('SELECT count(*) AS n, min(sent_at) AS first FROM reaction_times')
  if (row !== undefined && numberOf(row, 'n') >= MAX_REACTIONS_PER_MINUTE) {
    throw new ReactionError('reaction.too-many', { waitMs: numberOf(row, 'first') + MINUTE_MS - now })
  }
  tx.run('INSERT INTO reaction_times (sent_at) VALUES (?)', now)
}
