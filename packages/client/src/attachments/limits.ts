import { MAX_ATTACHMENTS } from '@sotto/protocol/message'
import { AttachmentsError } from './attachments-error.ts'
import { type AttachmentKind } from './file-type.ts'

/** In pixels: no screen shows a picture that claims to be larger. */
export const MAX_SIDE = 65_535

/**
 * Up to 32 pictures and videos go together, anything else goes alone. Spec 50 §0.
 * @throws {AttachmentsError} `attachments.too-many`, `attachments.mixed`
 */
export function requireTogether(kinds: readonly AttachmentKind[]): void {
  if (kinds.length > MAX_ATTACHMENTS) throw new AttachmentsError('attachments.too-many', { count: kinds.length })
  const alone = kinds.some(kind => kind !== 'image' && kind !== 'video')
  if (alone && kinds.length > 1) throw new AttachmentsError('attachments.mixed', { count: kinds.length })
}
