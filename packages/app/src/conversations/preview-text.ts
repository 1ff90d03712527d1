import { type ConversationRow, type Preview } from '@sotto/client'
import { attachmentWords } from '../attachments/attachment-words.ts'
import { plainText } from '../messages/text/plain-text.ts'
import { type Texts } from '../texts/texts.ts'

/** The newest message in one line, without who said it. Empty if there is nothing to say. */
export function previewText(text: Texts, preview: Preview): string {
  if (preview.deleted !== 'no') return text('conversations.preview.deleted')
  switch (preview.kind) {
    case 'text':
      return (
        oneLine(plainText(preview.body ?? '', preview.mentions, text('messages.you'))) ||
        attachmentWords(text, preview.attachments)
      )
    case 'expiry-change':
      return isOff(preview.data) ? text('conversations.preview.expiry-off') : text('conversations.preview.expiry')
    case 'data-extraction':
      return wordIn(preview.data, 'what') === 'screenshot'
        ? text('conversations.preview.screenshot')
        : text('conversations.preview.saved')
    case 'request-accepted':
      return text('conversations.preview.accepted')
    case 'unsupported':
      return wordIn(preview.data, 'kind') === 'call'
        ? text('conversations.preview.call')
        : text('conversations.preview.unsupported')
    default:
      return text('conversations.preview.unsupported')
  }
}

/** What was begun to be written, in one line, with a name in the place of the other person's id. */
export function draftText(draft: string, { id, name }: Pick<ConversationRow, 'id' | 'name'>): string {
  const named = draft
    .replaceAll(`@${id}`, `@${name ?? ''}`)
    .replaceAll(/@05[0-9a-f]{64}/g, all => `@${all.slice(1, 5)}…`)
  return oneLine(named.slice(0, 300))
}

/** What could break out of its line, or turn the text around it, is a space. */
function oneLine(body: string): string {
  return body.replace(/[\p{Cc}\p{Zl}\p{Zp}\s\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim()
}

function isOff(data: unknown): boolean {
  return wordIn(data, 'mode') === 'off'
}

function wordIn(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Object.entries(data).find(([key]) => key === name)?.[1] : undefined
}
