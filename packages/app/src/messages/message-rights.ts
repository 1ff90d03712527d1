import { type ConversationView, type MessageView } from '@sotto/client'
import { isSaid } from './layout-rows.ts'

type Where = Pick<ConversationView, 'blocked' | 'request' | 'kind'>

/** Whether it has left this device, or came from elsewhere. */
function isThere({ state }: MessageView): boolean {
  return state === 'sent' || state === 'received'
}

/** Not to lines, to what is gone, or to what nobody has yet. Spec 50 §3.8. */
export function canReply(message: MessageView, { blocked }: Where): boolean {
  return isSaid(message) && message.deleted === 'no' && isThere(message) && !blocked
}

/** Also not while a request is open: the other side would learn that somebody is here. Spec 50 §3.7. */
export function canReact(message: MessageView, where: Where): boolean {
  return canReply(message, where) && where.request !== 'incoming'
}

/** Whether it has files that are on this device. */
export function mayBeSaved({ attachments, deleted }: MessageView): boolean {
  return deleted === 'no' && attachments.some(({ state }) => state === 'here')
}

/** Whether there is something in it, and all of that is on this device. */
export function mayBeForwarded(message: MessageView): boolean {
  const { attachments, body, deleted } = message
  const hasMuch = (body !== undefined && body !== '') || attachments.length > 0
  return isSaid(message) && deleted === 'no' && hasMuch && attachments.every(({ state }) => state === 'here')
}

/** How far messages can be deleted, and what stands against more. Spec 50 §3.10. */
export function deletionOf(messages: readonly MessageView[]): 'everywhere' | 'not-own' | 'not-messages' {
  if (messages.some(message => !isSaid(message) || message.deleted !== 'no')) return 'not-messages'
  return messages.every(({ outgoing }) => outgoing) ? 'everywhere' : 'not-own'
}
