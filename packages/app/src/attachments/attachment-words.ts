import { type AttachmentView } from '@sotto/client'
import { type Texts } from '../texts/texts.ts'

/** What somebody sent, in a word or two: "Photo", "3 photos", "Voice message". Empty if it is nothing. */
export function attachmentWords(text: Texts, attachments: readonly Pick<AttachmentView, 'kind'>[]): string {
  const [first] = attachments
  if (first === undefined) return ''
  const count = attachments.length
  if (count === 1) return text(`attachments.kind.${first.kind}`)
  const isOneKind = attachments.every(({ kind }) => kind === first.kind)
  if (isOneKind && first.kind === 'image') return text('attachments.images', { count })
  if (isOneKind && first.kind === 'video') return text('attachments.videos', { count })
  return text('attachments.files', { count })
}
