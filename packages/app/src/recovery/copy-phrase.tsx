import { Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog, Icon, useToasts } from '../ui/index.ts'

/** Copies the words, after a warning: what is copied is there for every program. */
export function CopyPhrase({ phrase }: { readonly phrase: string }): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const [asks, setAsks] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(phrase)
      toasts.show({ text: text('recovery.copied'), durationMs: 10_000 })
    } catch {
      toasts.show({ text: text('recovery.copy-failed'), tone: 'danger' })
    }
  }
  return (
    <>
      <Button variant="quiet" size="small" onPress={() => setAsks(true)}>
        <Icon icon={Copy} size={16} />
        {text('recovery.copy')}
      </Button>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('recovery.copy.title')}
        confirm={{ label: text('recovery.copy'), tone: 'danger', onPress: copy }}
      >
        {text('recovery.copy.body')}
      </ConfirmDialog>
    </>
  )
}
