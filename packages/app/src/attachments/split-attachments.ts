import { type AttachmentView } from '@sotto/client'

/** Pictures and videos, which stand side by side, and the rest, which stand below each other. */
export interface SplitAttachments {
  readonly media: readonly AttachmentView[]
  readonly others: readonly AttachmentView[]
}

/** How many pictures are seen; on the last of them stands how many more there are. */
export const SHOWN_MEDIA = 3

/** A well-made message has only one of the two; others are shown whole all the same. */
export function splitAttachments(attachments: readonly AttachmentView[]): SplitAttachments {
  const isMedia = ({ kind }: AttachmentView): boolean => kind === 'image' || kind === 'video'
  return { media: attachments.filter(isMedia), others: attachments.filter(each => !isMedia(each)) }
}
