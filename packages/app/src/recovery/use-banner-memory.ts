import { useCallback, useState } from 'react'
import { type BannerMemory } from './banner-state.ts'

const keyOf = (slot: string): string => `sotto-phrase-banner ${slot}`

/** What this device remembers of the banner of an account, and what changes that. */
export function useBannerMemory(slot: string): readonly [memory: BannerMemory, remember: (next: BannerMemory) => void] {
  const [memory, setMemory] = useState(() => readMemory(slot))
  const remember = useCallback(
    (next: BannerMemory) => {
      setMemory(next)
      try {
        localStorage.setItem(keyOf(slot), next)
      } catch {
        // Then it is shown again next time.
      }
    },
    [slot],
  )
  return [memory, remember]
}

function readMemory(slot: string): BannerMemory {
  try {
    const kept = localStorage.getItem(keyOf(slot))
    return kept === 'shown' || kept === 'dismissed' ? kept : 'unseen'
  } catch {
    return 'unseen'
  }
}
