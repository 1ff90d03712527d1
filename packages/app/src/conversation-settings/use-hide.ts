import { useCallback } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'

/** Takes a conversation off the list, or puts it back there: it is the same all the time. */
export function useHide({ id: conversation, hidden }: ConversationView, onClose: () => void): () => Promise<void> {
  const { client } = useAccount()
  const act = useAct()
  const toasts = useToasts()
  const text = useText()
  return useCallback(async () => {
    const show = async (): Promise<boolean> => act(async () => client.command('conversations.open', { conversation }))
    if (hidden) {
      if (await show()) onClose()
      return
    }
    if (!(await act(async () => client.command('conversations.hide', { conversation })))) return
    onClose()
    toasts.show({
      text: text('conversation-settings.hide.done'),
      action: { label: text('conversation-settings.undo'), onPress: () => void show() },
    })
  }, [act, client, conversation, hidden, onClose, text, toasts])
}
