import { useEffect, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { lengthOf } from './read-sound.ts'
import { useFile } from './use-file.ts'

/** How long a sound or a video that is here is, in seconds; `undefined` as long as nobody knows. */
export function useDuration(attachment: AttachmentView): number | undefined {
  const { kind, state } = attachment
  const { file } = useFile(attachment, state === 'here' && kind !== 'image' && kind !== 'file')
  const [seconds, setSeconds] = useState<number>()
  const url = file?.url
  useEffect(() => {
    if (url === undefined) return
    let isCurrent = true
    lengthOf(url).then(
      found => isCurrent && setSeconds(found),
      // What cannot be played has no length.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [url])
  return seconds
}
