import { type ReactNode, useEffect, useState } from 'react'
import { storageRoom } from '@sotto/client/web'
import { useText } from '../texts/index.ts'
import { Banner } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'

/** Less than this is little, bytes. */
const littleBytes = 50_000_000
/** It grows slowly, ms. */
const lookEveryMs = 300_000

/** Says in time that the browser has hardly any room left: where there is none, nothing new can be received. */
export function LittleStorage(): ReactNode {
  const text = useText()
  const free = useFreeBytes()
  if (free === undefined || free >= littleBytes) return null
  return <Banner tone="caution">{text('storage.nearly-full', { free: formatBytes(text.language, free) })}</Banner>
}

/** The browser's guess; `undefined` until it is known, and where it says nothing. */
function useFreeBytes(): number | undefined {
  const [free, setFree] = useState<number>()
  useEffect(() => {
    let isCurrent = true
    const look = async (): Promise<void> => {
      const { usedBytes, quotaBytes } = await storageRoom(navigator.storage)
      if (isCurrent && quotaBytes > 0) setFree(Math.max(0, quotaBytes - usedBytes))
    }
    const lookQuietly = (): void => void look().catch(() => undefined)
    lookQuietly()
    const interval = setInterval(lookQuietly, lookEveryMs)
    return () => {
      isCurrent = false
      clearInterval(interval)
    }
  }, [])
  return free
}
