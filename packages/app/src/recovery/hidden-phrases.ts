import { useCallback, useSyncExternalStore } from 'react'

const key = 'sotto-phrase-hidden'
/** More accounts than a device can have. */
const maxKept = 64

/** Accounts of this device whose recovery phrase is never shown again, by their slots, which say nothing. Spec 50 §9.8. */
export function parseHiddenPhrases(json: string | null): readonly string[] {
  if (json === null) return []
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.filter(each => typeof each === 'string').slice(-maxKept) : []
  } catch {
    return []
  }
}

/** Whether this device hides the phrase of an account, and what makes it do so from now on. */
export function useHiddenPhrase(slot: string): readonly [isHidden: boolean, hide: () => void] {
  const isHidden = useSyncExternalStore(subscribe, () => parseHiddenPhrases(readKept()).includes(slot))
  const hide = useCallback(() => {
    const slots = [...parseHiddenPhrases(readKept()).filter(each => each !== slot), slot]
    localStorage.setItem(key, JSON.stringify(slots))
    // The browser tells other tabs only.
    dispatchEvent(new StorageEvent('storage', { key }))
  }, [slot])
  return [isHidden, hide]
}

function subscribe(listener: () => void): () => void {
  const hear = (event: StorageEvent): void => {
    if (event.key === key) listener()
  }
  addEventListener('storage', hear)
  return () => removeEventListener('storage', hear)
}

function readKept(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
