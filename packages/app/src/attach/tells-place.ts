import { type StagedAttachment } from '@sotto/client'
import { isMedia } from './judge-files.ts'

/**
 * Whether it may say where, when or by whom it was made: cameras, recorders and music programs write that into films, pictures and
 * sounds, and writers into documents, where it stays.
 */
export function tellsPlace(
  { contentType, isStripped, kind }: Pick<StagedAttachment, 'contentType' | 'isStripped' | 'kind'>,
  { type }: Pick<File, 'type'>,
): boolean {
  if (isStripped) return false
  return kind !== 'file' || contentType === 'application/pdf' || isMedia(type) || type.startsWith('audio/')
}
