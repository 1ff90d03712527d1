import { type AttachmentKind } from '@sotto/client'
import { type Texts } from '../texts/texts.ts'

/** What somebody sent, in a word or two: "Photo", "3 photos", "Voice message". Empty if it is nothing. */
export function attachmentWords(text: Texts, kinds: readonly AttachmentKind[]): string {
  const [first] = kinds
  if (first === undefined) return ''
  const count = kinds.length
  if (count === 1) return text(`attachments.kind.${first}`)
  const isOneKind = kinds.every(kind => kind === first)
  if (isOneKind && first === 'image') return text('attachments.images', { count })
  if (isOneKind && first === 'video') return text('attachments.videos', { count })
  return text('attachments.files', { count })
}
