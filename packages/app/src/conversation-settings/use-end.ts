import { useCallback } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'
import { type Ending, endingWords } from './ending.ts'

/** Does what was confirmed, says so, and offers the way back where there is one. */
export function useEnd(conversation: ConversationView, onClose: () => void): (ending: Ending) => Promise<void> {
  const { client } = useAccount()
  const { closeConversation } = useNavigation()
  const act = useAct()
  const toasts = useToasts()
  const text = useText()
  const { id } = conversation
  const name = conversation.name ?? text('conversation-settings.notes')
  return useCallback(
    async ending => {
      if (!(await act(async () => run(ending)))) return
      if (ending === 'delete-conversation' || ending === 'delete-contact') closeConversation()
      else onClose()
      const unblock = (): void => void act(async () => client.command('contacts.unblock', { contact: id }))
      const undo = { action: { label: text('conversation-settings.undo'), onPress: unblock } }
      toasts.show({ text: text(endingWords[ending].done, { name }), ...(ending === 'block' ? undo : {}) })

      async function run(what: Ending): Promise<void> {
        switch (what) {
          case 'block':
            return client.command('contacts.block', { contact: id })
          case 'clear':
            return client.command('conversations.clear', { conversation: id })
          case 'delete-conversation':
            return client.command('conversations.delete', { conversation: id })
          case 'delete-contact':
            return client.command('contacts.delete', { contact: id })
        }
      }
    },
    [act, client, closeConversation, id, name, onClose, text, toasts],
  )
}
