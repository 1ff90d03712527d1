import { useCallback } from 'react'
import { conversationLink } from '../messages/index.ts'
import { useLayout, useNavigation } from '../navigation/index.ts'

/** Shows a message of the conversation beside the pane; where the pane covers the conversation, it goes. */
export function useGoTo(conversation: string): (message: number) => void {
  const layout = useLayout()
  const { openConversation } = useNavigation()
  return useCallback(
    message => {
      if (layout === 'wide') conversationLink.show(conversation, message)
      else openConversation(conversation, message)
    },
    [conversation, layout, openConversation],
  )
}
