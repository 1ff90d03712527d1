import { type MessageView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'

/** Says nothing but what it is. */
const fileName = 'voice-message.mp3'

/** Sends a recording, as an answer if something is replied to. Whether it was taken. */
export function useSendVoice(
  conversation: string,
  quote: MessageView | undefined,
  onGone: () => void,
): (recording: { readonly bytes: Uint8Array }) => Promise<boolean> {
  const { client } = useAccount()
  const act = useAct()
  return async ({ bytes }) => {
    const isTaken = await act(async () => {
      const about = quote === undefined ? {} : { quote: quote.id }
      const { id: attachment } = await client.command('attachments.stage', { conversation, bytes, name: fileName })
      try {
        const what = { body: '', attachments: [attachment], voice: true }
        await client.command('messages.send', { id: crypto.randomUUID(), conversation, ...what, ...about })
      } catch (error) {
        await client.command('attachments.unstage', { attachment })
        throw error
      }
    })
    if (isTaken) onGone()
    return isTaken
  }
}
