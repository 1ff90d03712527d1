import { useCallback } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { encodePreview, type Preview } from '../pictures/index.ts'
import { type LoadedFile } from './file-cache.ts'

/** What can be drawn, and knows how large it is. */
export type Drawable = HTMLImageElement | HTMLVideoElement

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
        const thumbnail = await previewOf(source)
        if (thumbnail !== undefined) await client.command('attachments.set-thumbnail', { attachment: id, ...thumbnail })
      }
      // Without one, the whole picture is read each time.
      keep().catch(() => undefined)
    },
    [client, id, isWanted],
  )
}

async function previewOf(source: Drawable): Promise<Preview | undefined> {
  const [width, height] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.naturalWidth, source.naturalHeight]
  return width === 0 || height === 0 ? undefined : encodePreview(source, { width, height })
}
