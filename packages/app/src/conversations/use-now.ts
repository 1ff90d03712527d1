import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The time, Unix ms, which moves on every minute: enough for what says "today". */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
