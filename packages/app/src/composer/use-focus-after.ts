import { type RefObject, useEffect, useRef } from 'react'

/** When what stood in place of the field goes, one can type again. */
export function useFocusAfter(field: RefObject<HTMLTextAreaElement | null>, isCovered: boolean): void {
  const wasCovered = useRef(false)
  useEffect(() => {
    if (wasCovered.current && !isCovered) field.current?.focus()
    wasCovered.current = isCovered
  }, [field, isCovered])
}
