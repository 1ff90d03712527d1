import { useCallback, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { type FieldText, wireForm, wireLength } from './field-text.ts'
import { maxMessageLength } from './limits.ts'
import { holdsPhrase, mayHoldPhrase } from './recovery-phrase.ts'

/** What is about to go out. */
export interface Outgoing {
  readonly value: FieldText
  readonly quote: MessageView | undefined
  /** Ids of staged files, in order. */
  readonly attachments: readonly number[]
}

/** Why it did not: the field keeps it. */
type Obstacle =
  | { readonly kind: 'too-long'; readonly over: number }
  /** It has the recovery phrase of this account in it. */
  | { readonly kind: 'phrase'; readonly outgoing: Outgoing }

interface SendHooks {
  /** It is on its way: the field is empty at once. */
  readonly onGone: (outgoing: Outgoing) => void
  /** It was not taken after all: it goes back. */
  readonly onBack: (outgoing: Outgoing) => void
}

/** Sends texts, after looking whether they should be. */
export interface Sender {
  readonly obstacle: Obstacle | undefined
  readonly forget: () => void
  readonly send: (outgoing: Outgoing) => void
  /** In spite of the recovery phrase. */
  readonly sendAnyway: (outgoing: Outgoing) => void
}

/** The core keeps and queues a text at once; what the network does with it is seen at the message. */
export function useSend(conversation: string, { onGone, onBack }: SendHooks): Sender {
  const { client } = useAccount()
  const act = useAct()
  const [obstacle, setObstacle] = useState<Obstacle>()
  const forget = useCallback(() => setObstacle(undefined), [])
  const sendAnyway = useCallback(
    (outgoing: Outgoing) => {
      setObstacle(undefined)
      const { value, quote, attachments } = outgoing
      const about = {
        ...(quote === undefined ? {} : { quote: quote.id }),
        ...(attachments.length === 0 ? {} : { attachments }),
      }
      const body = wireForm(value).trim()
      onGone(outgoing)
      void act(async () =>
        client.command('messages.send', { id: crypto.randomUUID(), conversation, body, ...about }),
      ).then(worked => worked || onBack(outgoing))
    },
    [act, client, conversation, onBack, onGone],
  )
  const send = useCallback(
    (outgoing: Outgoing) => {
      const { value, attachments } = outgoing
      const over = wireLength(value) - maxMessageLength
      if (value.text.trim() === '' && attachments.length === 0) return
      if (over > 0) return setObstacle({ kind: 'too-long', over })
      if (!mayHoldPhrase(value.text)) return sendAnyway(outgoing)
      const look = async (): Promise<void> => {
        const isHeld = holdsPhrase(value.text, await client.command('account.recovery-phrase'))
        if (isHeld) setObstacle({ kind: 'phrase', outgoing })
        else sendAnyway(outgoing)
      }
      void act(look)
    },
    [act, client, sendAnyway],
  )
  return { obstacle, forget, send, sendAnyway }
}
