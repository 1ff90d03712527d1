import { type RefObject, useEffect } from 'react'

/** Where letters have a meaning of their own. */
const takesLetters = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="grid"]'

/** Whoever begins to type while nothing takes it writes into the field. Not below dialogs. */
export function useTypeAnywhere(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const look = (event: KeyboardEvent): void => {
      if (!isLetter(event) || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return
      const { activeElement } = document
      if (activeElement?.closest(takesLetters) !== null && activeElement !== null) return
      // The letter itself follows the focus.
      field.current?.focus()
    }
    addEventListener('keydown', look)
    return () => removeEventListener('keydown', look)
  }, [field])
}

function isLetter({ key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented }: KeyboardEvent): boolean {
  return (
    !ctrlKey && !metaKey && !altKey && !isComposing && !defaultPrevented && key !== ' ' && Array.from(key).length === 1
  )
}
