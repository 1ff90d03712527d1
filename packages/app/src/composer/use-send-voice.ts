import { useMemo } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useLatest } from '../messages/use-latest.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'

/** Says nothing but what it is. */
const fileName = 'voice-message.mp3'

interface Spoken {
  readonly bytes: Uint8Array
}

/** What becomes of what was said. */
export interface VoiceSender {
  /** Sends a recording, as an answer if something is replied to. Whether it was taken. */
  readonly send: (recording: Spoken) => Promise<boolean>
  /** The same with one that was kept. */
  readonly sendKept: (attachment: number) => Promise<boolean>
  /** Keeps it with the conversation, and says so. */
  readonly keep: (recording: Spoken) => void
}

/** For one conversation. */
export function useSendVoice(conversation: string, quote: MessageView | undefined, onGone: () => void): VoiceSender {
  const { client } = useAccount()
  const latest = useLatest({ act: useAct(), onGone, quote, text: useText(), toasts: useToasts() })
  return useMemo(() => {
    const post = async (attachment: number): Promise<void> => {
      const { quote: about } = latest.current
      const what = { body: '', attachments: [attachment], voice: true, ...(about && { quote: about.id }) }
      await client.command('messages.send', { id: crypto.randomUUID(), conversation, ...what })
    }
    const run = async (work: () => Promise<void>): Promise<boolean> => {
      const isTaken = await latest.current.act(work)
      if (isTaken) latest.current.onGone()
      return isTaken
    }
    return {
      send: async ({ bytes }) =>
        run(async () => {
          const { id: attachment } = await client.command('attachments.stage', { conversation, bytes, name: fileName })
          try {
            await post(attachment)
          } catch (error) {
            await client.command('attachments.unstage', { attachment })
            throw error
          }
        }),
      sendKept: async attachment => run(async () => post(attachment)),
      keep: ({ bytes }) => {
        const { act, text, toasts } = latest.current
        void act(async () => {
          await client.command('voice-drafts.keep', { conversation, bytes })
          toasts.show({ text: text('voice.kept') })
        })
      },
    }
  }, [client, conversation, latest])
}
