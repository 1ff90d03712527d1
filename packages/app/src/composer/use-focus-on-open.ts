import { type RefObject, useEffect } from 'react'
import { type MessageView } from '@sotto/client'

const hover = matchMedia('(hover: hover)')

/** One can type at once; on touch screens the keyboard would cover what one came to read, so only a reply brings it. */
export function useFocusOnOpen(field: RefObject<HTMLTextAreaElement | null>, quote: MessageView | undefined): void {
  const hasQuote = quote !== undefined
  useEffect(() => {
    const isBelowDialog = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
    if ((hover.matches || hasQuote) && !isBelowDialog) field.current?.focus({ preventScroll: true })
  }, [field, hasQuote, quote?.id])
}
