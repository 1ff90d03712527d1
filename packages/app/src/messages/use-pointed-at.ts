import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'

/** What only passes by while one scrolls is not pointed at. */
const REST_MS = 80

interface PointerHandlers {
  onPointerEnter(event: PointerEvent): void
  onPointerLeave(): void
}

/** Whether a mouse or a pen rests on something, and what listens for that. */
export function usePointedAt(): readonly [isPointedAt: boolean, handlers: PointerHandlers] {
  const [isPointedAt, setPointedAt] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const handlers = useMemo(
    () => ({
      onPointerEnter: ({ pointerType }: PointerEvent) => {
        if (pointerType !== 'touch') timer.current = setTimeout(() => setPointedAt(true), REST_MS)
      },
      onPointerLeave: () => {
        clearTimeout(timer.current)
        setPointedAt(false)
      },
    }),
    [],
  )
  return [isPointedAt, handlers]
}
