import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Button, useToasts } from '../ui/index.ts'

/** Hands the own id to another program of this device, where it can take it; otherwise to the clipboard. */
export function ShareButton({ account }: { readonly account: string }): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const words = text('profile.share.text', { id: account })
  const share = async (): Promise<void> => {
    try {
      const { share: hand } = navigator as { readonly share?: Navigator['share'] }
      if (hand !== undefined) return await hand.call(navigator, { text: words })
      await navigator.clipboard.writeText(words)
      toasts.show({ text: text('profile.share.copied') })
    } catch (error) {
      // Whoever thought better of it needs no message.
      if (error instanceof DOMException && error.name === 'AbortError') return
      toasts.show({ text: text('profile.share.failed'), tone: 'danger' })
    }
  }
  return <Button onPress={() => void share()}>{text('profile.share')}</Button>
}
