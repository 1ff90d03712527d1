import { type ReactNode, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { ConfirmDialog } from '../ui/index.ts'
import styles from './composer.module.css'

/** In place of the field: nothing can be said to someone who is blocked. */
export function BlockedComposer({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const [asks, setAsks] = useState(false)
  const name = conversation.name ?? ''
  return (
    <div className={styles['composer']}>
      <button type="button" className={styles['blocked']} onClick={() => setAsks(true)}>
        {text('composer.blocked', { name })}
      </button>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('composer.unblock.title', { name })}
        confirm={{
          label: text('composer.unblock'),
          onPress: async () => {
            await act(async () => client.command('contacts.unblock', { contact: conversation.id }))
          },
        }}
      >
        {text('composer.unblock.body')}
      </ConfirmDialog>
    </div>
  )
}
