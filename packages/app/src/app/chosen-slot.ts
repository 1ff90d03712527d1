import { useCallback, useState } from 'react'

const key = 'sotto-account'

/** Which account this tab shows. Remembered for the tab, and for the next one; it is a random name and says nothing. */
export function useChosenSlot(): readonly [slot: string | undefined, choose: (slot: string) => void] {
  const [slot, setSlot] = useState(readChosen)
  const choose = useCallback((next: string) => {
    setSlot(next)
    try {
      sessionStorage.setItem(key, next)
      localStorage.setItem(key, next)
    } catch {
      // Then it is asked for again next time.
    }
  }, [])
  return [slot, choose]
}

function readChosen(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}
