import { useEffect, useMemo } from 'react'
import { type TypedClient } from '@sotto/client'
import { useAccount } from '../core/index.ts'

/** Tells the core that somebody writes: whether the other person hears of it is a setting there. */
export interface TypingTeller {
  /** With each key. */
  readonly typed: (isEmpty: boolean) => void
  /** It went out: the other side knows that from the message. */
  readonly sent: () => void
}

/** Whoever leaves the conversation writes no more. */
export function useTyping(conversation: string): TypingTeller {
  const { client } = useAccount()
  const teller = useMemo(() => createTeller(client, conversation), [client, conversation])
  useEffect(() => () => teller.typed(true), [teller])
  return teller
}

function createTeller(client: TypedClient, conversation: string): TypingTeller {
  let isWriting = false
  return {
    typed: isEmpty => {
      if (isEmpty && !isWriting) return
      isWriting = !isEmpty
      // Nobody misses it.
      client.command(isEmpty ? 'typing.stop' : 'typing.key', { conversation }).catch(() => undefined)
    },
    sent: () => {
      isWriting = false
    },
  }
}
