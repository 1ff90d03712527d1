import { useCallback, useEffect, useState } from 'react'
import { keepStorage, type StorageRoom, storageRoom } from '@sotto/client/web'

/** What the browser says of the room it gives, and whether it promised to keep what is in it. */
export interface BrowserRoom {
  /** `undefined` until it is known, and where a browser doesn't say. */
  readonly room: StorageRoom | undefined
  readonly isKept: boolean | undefined
  /** Asks for the promise; whether it was given. */
  readonly keep: () => Promise<boolean>
}

/** Asks the browser once. */
export function useStorageRoom(): BrowserRoom {
  const [room, setRoom] = useState<StorageRoom>()
  const [isKept, setKept] = useState<boolean>()
  useEffect(() => {
    let isCurrent = true
    const ask = async (): Promise<void> => {
      const [found, kept] = await Promise.all([storageRoom(navigator.storage), navigator.storage.persisted()])
      if (!isCurrent) return
      setRoom(found)
      setKept(kept)
    }
    void ask().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [])
  const keep = useCallback(async () => {
    const kept = await keepStorage(navigator.storage).catch(() => false)
    setKept(kept)
    return kept
  }, [])
  return { room, isKept, keep }
}
