import { MAX_ATTACHMENT_BYTES, MAX_LARGE_FILE_BYTES } from '@sotto/protocol/attachment'
import { isAble } from '../contacts/abilities.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'

/** How long a file in a conversation may be, in bytes: as long as the other side is known to be able to read, or oneself. */
export function attachmentLimit(
  reader: Reader,
  conversation: ConversationId,
  { own }: Pick<EngineContext, 'own'>,
): number {
  const isLarge =
    conversation === own || (isAccountConversation(conversation) && isAble(reader, conversation, 'largeFiles'))
  return isLarge ? MAX_LARGE_FILE_BYTES : MAX_ATTACHMENT_BYTES
}

/**
 * Refuses what is longer than a limit.
 * @throws {AttachmentsError} `attachments.too-large`, `attachments.much-too-large`
 */
export function requireWithin(limit: number, sizeBytes: number): void {
  if (sizeBytes <= limit) return
  const code = limit < MAX_LARGE_FILE_BYTES ? 'attachments.too-large' : 'attachments.much-too-large'
  throw new AttachmentsError(code, { sizeBytes, limit })
}
