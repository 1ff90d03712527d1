import { type RefObject, useEffect, useRef, useState } from 'react'

/** About a screen ahead. */
const MARGIN = '100% 0px'

/** Whether something is in sight, or nearly. */
export function useNearView<T extends Element>(): readonly [ref: RefObject<T | null>, isNear: boolean] {
  const ref = useRef<T>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const { current } = ref
    if (current === null) return
    const observer = new IntersectionObserver(
      entries => {
        const last = entries.at(-1)
        if (last !== undefined) setNear(last.isIntersecting)
      },
      { root: current.closest('[data-scroller]'), rootMargin: MARGIN },
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return [ref, isNear]
}
