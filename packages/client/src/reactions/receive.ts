import { type Received } from '../engine/feature.ts'
import { findByTime, isMessage, type MessageRow } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { isEmoji } from './emoji.ts'
import { putReaction, takeReaction } from './rows.ts'

/** Puts a reaction to its message, or takes it away; unless that message is not here, or it is no reaction. Spec 10 §5.2. */
export function receiveReaction(tx: Tx, received: Received<'reaction'>): void {
  const { content, conversation, sender, sentAt } = received
  const { action, emoji, targetAuthor, targetSentAt } = content.reaction
  if (!isEmoji(emoji)) return
  const target = findByTime(tx, conversation, targetAuthor, targetSentAt).find(takesReactions)
  if (target === undefined) return
  const apply = action === 'react' ? putReaction : takeReaction
  apply(tx, { message: target.id, sender, emoji, sentAt })
}

/** Whether one can react to it: to messages, neither to lines about something nor to what is deleted. */
export function takesReactions(row: MessageRow): boolean {
  return row.deleted === 'no' && isMessage(row)
}
