import { useCallback, useMemo, useState } from 'react'

/** How the microphone button is held: not at all, still, or it was let go to end the recording. */
type Hold = 'none' | 'held' | 'let-go'

/** Whether a voice message is being recorded. */
export interface Voice {
  readonly isOpen: boolean
  readonly hold: Hold
  readonly begin: (hold: 'none' | 'held') => void
  /** From here on it records by itself, or it ends. */
  readonly release: (wants: 'go-on' | 'stop') => void
  readonly close: () => void
}

/** One for each composer. */
export function useVoice(): Voice {
  const [hold, setHold] = useState<Hold>()
  const begin = useCallback((next: 'none' | 'held') => setHold(before => before ?? next), [])
  const release = useCallback(
    (wants: 'go-on' | 'stop') =>
      setHold(before => (before === 'held' ? (wants === 'stop' ? 'let-go' : 'none') : before)),
    [],
  )
  const close = useCallback(() => setHold(undefined), [])
  return useMemo(
    () => ({ isOpen: hold !== undefined, hold: hold ?? 'none', begin, release, close }),
    [hold, begin, release, close],
  )
}
