import { type ReactNode, useState } from 'react'
import { type AccountSlot } from '@sotto/client'
import { useAct, useHome } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog } from '../ui/index.ts'

/** Removes an account from this device, after saying what that means. */
export function RemoveAccount({ slot }: { readonly slot: AccountSlot }): ReactNode {
  const text = useText()
  const home = useHome()
  const act = useAct()
  const [asks, setAsks] = useState(false)
  const remove = async (): Promise<void> => {
    await act(async () => home.remove(slot))
  }
  return (
    <>
      <Button variant="danger" isWide onPress={() => setAsks(true)}>
        {text('lock.forgotten')}
      </Button>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('lock.remove.title')}
        confirm={{ label: text('lock.remove.confirm'), tone: 'danger', onPress: remove }}
      >
        {text('lock.remove.body')}
      </ConfirmDialog>
    </>
  )
}
