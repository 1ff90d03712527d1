import { type MessageView } from '@sotto/client'
import { type ChatLine, type LineState } from '../chat/chat-state.ts'
import { describeMessage } from './describe-message.ts'
import { shownName } from './shown-text.ts'

/** What a terminal shows of messages. */
export function chatLines(views: readonly MessageView[]): readonly ChatLine[] {
  return views.map(view => ({
    id: view.id,
    mine: view.outgoing,
    author: isNotice(view) ? undefined : view.outgoing ? 'You' : shownName(view.senderName, view.sender),
    sentAt: view.sentAt,
    text: textOf(view),
    state: lineState(view),
    quote: quoteText(view),
    reactions: view.reactions.map(({ emoji, senders }) => `${emoji} ${senders.length}`),
  }))
}

/** Whether a message is a line about something that happened, and nobody's words. */
export function isNotice({ kind, deleted }: MessageView): boolean {
  return kind !== 'text' && kind !== 'unsupported' && deleted === 'no'
}

function textOf(view: MessageView): string {
  const { expiry } = view
  const text = describeMessage(view)
  return expiry === undefined || view.deleted !== 'no' || isNotice(view) ? text : `${text} ⧗`
}

function lineState({ outgoing, state, readAt }: MessageView): LineState {
  if (!outgoing) return 'received'
  if (state === 'sent') return readAt === undefined ? 'sent' : 'read'
  return state
}

function quoteText({ quote }: MessageView): string | undefined {
  if (quote === undefined) return undefined
  const { original } = quote
  if (original === undefined) return 'the original message is not here'
  return original.deleted === 'no' ? (original.body ?? '…') : 'a deleted message'
}
