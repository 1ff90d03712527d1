import { useEffect, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { useAttachments } from './attachments-context.ts'
import { type Hold, type LoadedFile } from './file-cache.ts'
import { readBlob } from './read-blob.ts'

/** A file as far as it is there. `isFailed`: it could not be read. */
export interface ShownFile {
  readonly file: LoadedFile | undefined
  readonly isFailed: boolean
}

const nothing: ShownFile = { file: undefined, isFailed: false }

/** The bytes of an attachment, while they are wanted. */
export function useFile({ contentType, id, sizeBytes }: AttachmentView, isWanted: boolean): ShownFile {
  const { client } = useAccount()
  return useHeld(isWanted ? `file ${id} ${contentType}` : undefined, async () =>
    readBlob(client, { contentType, id, sizeBytes }),
  )
}

/** The small picture that is kept with an attachment. */
export function useThumbnail({ hasThumbnail, id }: AttachmentView, isWanted: boolean): LoadedFile | undefined {
  const { client } = useAccount()
  const load = async (): Promise<Blob> => {
    const bytes = await client.query('attachments.thumbnail', { attachment: id })
    if (bytes === undefined) throw new Error('there is no small picture any more')
    return new Blob([new Uint8Array(bytes)], { type: typeOf(bytes) })
  }
  return useHeld(isWanted && hasThumbnail ? `thumbnail ${id}` : undefined, load).file
}

function useHeld(key: string | undefined, load: () => Promise<Blob>): ShownFile {
  const { files } = useAttachments()
  const [shown, setShown] = useState<ShownFile & { readonly key?: string }>(nothing)
  useEffect(() => {
    if (key === undefined) return
    let isCurrent = true
    const hold: Hold = files.hold(key, load)
    hold.file.then(
      file => isCurrent && setShown({ key, file, isFailed: false }),
      () => isCurrent && setShown({ key, file: undefined, isFailed: true }),
    )
    return () => {
      isCurrent = false
      hold.release()
      setShown(nothing)
    }
    // The key says all that decides what is loaded.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [files, key])
  if (key === undefined) return nothing
  if (shown.key === key) return shown
  // What somebody else shows already appears at once.
  return { file: files.peek(key), isFailed: false }
}

/** Small pictures are made here, in one of three types. */
function typeOf([first]: Uint8Array): string {
  if (first === 0x89) return 'image/png'
  return first === 0xff ? 'image/jpeg' : 'image/webp'
}
