import { useCallback } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { type LoadedFile } from './file-cache.ts'
import { type Drawable, makeThumbnail } from './make-thumbnail.ts'

/** Makes the small picture of an attachment from what is shown of it, once, and keeps it with it. */
export function useKeepThumbnail(
  { hasThumbnail, id, state }: AttachmentView,
  file: LoadedFile | undefined,
): (source: Drawable) => void {
  const { client } = useAccount()
  const isWanted = !hasThumbnail && state === 'here' && file !== undefined
  return useCallback(
    source => {
      if (!isWanted) return
      const keep = async (): Promise<void> => {
        const thumbnail = await makeThumbnail(source)
        if (thumbnail !== undefined) await client.command('attachments.set-thumbnail', { attachment: id, ...thumbnail })
      }
      // Without one, the whole picture is read each time.
      keep().catch(() => undefined)
    },
    [client, id, isWanted],
  )
}
