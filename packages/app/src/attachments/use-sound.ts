import { useEffect, useState } from 'react'
import { type LoadedFile } from './file-cache.ts'
import { readSound, type SoundFacts } from './read-sound.ts'

/** What a recording is like, as soon as it is known; `isBroken`: the browser cannot play it. */
export function useSound(
  file: LoadedFile | undefined,
  isDrawn: boolean,
): { readonly facts: SoundFacts | undefined; readonly isBroken: boolean } {
  const [known, setKnown] = useState<{ readonly facts?: SoundFacts; readonly isBroken: boolean }>({ isBroken: false })
  useEffect(() => {
    if (file === undefined) return
    let isCurrent = true
    readSound(file.blob, file.url, isDrawn).then(
      facts => isCurrent && setKnown({ facts, isBroken: false }),
      () => isCurrent && setKnown({ isBroken: true }),
    )
    return () => {
      isCurrent = false
    }
  }, [file, isDrawn])
  return { facts: known.facts, isBroken: known.isBroken }
}
