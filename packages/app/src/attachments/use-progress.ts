import { type AttachmentView } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { type Progress, progressOf } from './progress.ts'

/** How far a file is, while it is on its way and its way tells. */
export function useProgress({ id, sizeBytes, state }: AttachmentView): Progress | undefined {
  const isMoving = state === 'uploading' || state === 'downloading'
  const views = useQuery('attachments.progress', { attachments: isMoving ? [id] : [] })
  return progressOf(
    views?.find(({ attachment }) => attachment === id),
    sizeBytes,
  )
}
