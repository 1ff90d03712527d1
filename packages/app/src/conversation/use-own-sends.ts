import { useEffect, useState } from 'react'
import { type ConversationView } from '@sotto/client'

/** Who sends something wants to see it: goes to the end when a message that was just written is the newest one. */
export function useOwnSends({ preview }: ConversationView, toEnd: () => void): void {
  const [from] = useState(preview?.sentAt ?? 0)
  const sentAt = preview?.sentAt ?? 0
  const isWritten = preview?.outgoing === true && preview.state === 'queued' && sentAt > from
  useEffect(() => {
    if (isWritten) toEnd()
    // Each new one, and not each change of its state.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [sentAt, toEnd])
}
