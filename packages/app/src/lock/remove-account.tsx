import { type ReactNode, useState } from 'react'
import { type AccountSlot } from '@sotto/client'
import { useAct } from '../core/index.ts'
import { useRemoveAccount } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog } from '../ui/index.ts'

/** Removes an account from this device, after saying what that means. */
export function RemoveAccount({ slot }: { readonly slot: AccountSlot }): ReactNode {
  const text = useText()
  const removeAccount = useRemoveAccount()
  const act = useAct()
  const [asks, setAsks] = useState(false)
  const remove = async (): Promise<void> => {
    await act(async () => removeAccount(slot, 'device'))
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
