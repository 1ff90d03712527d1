import { useEffect, useState } from 'react'
import { type AttachmentView, type ProgressView } from '@sotto/client'
import { useAttachments } from './attachments-context.ts'
import { type Progress, progressOf } from './progress.ts'

/** How far a file is, while it is on its way and its way tells. */
export function useProgress({ id, sizeBytes, state }: AttachmentView): Progress | undefined {
  const { watchProgress } = useAttachments()
  const [view, setView] = useState<ProgressView>()
  const isMoving = state === 'uploading' || state === 'downloading'
  useEffect(() => (isMoving ? watchProgress(id, setView) : undefined), [id, isMoving, watchProgress])
  return isMoving && view?.attachment === id ? progressOf(view, sizeBytes) : undefined
}
