import { useCallback } from 'react'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'

/** Takes a conversation off the list; it is still there, and can be put back. */
export function useHide(conversation: string, onClose: () => void): () => Promise<void> {
  const { client } = useAccount()
  const act = useAct()
  const toasts = useToasts()
  const text = useText()
  return useCallback(async () => {
    if (!(await act(async () => client.command('conversations.hide', { conversation })))) return
    onClose()
    const show = (): void => void act(async () => client.command('conversations.open', { conversation }))
    toasts.show({
      text: text('conversation-settings.hide.done'),
      action: { label: text('conversation-settings.undo'), onPress: show },
    })
  }, [act, client, conversation, onClose, text, toasts])
}
