import { type RefObject, useLayoutEffect, useRef } from 'react'

/** The newest value, for what happens between two drawings. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
