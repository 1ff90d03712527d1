import { useEffect, useMemo, useRef, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { emptyField, type FieldText, wireForm } from './field-text.ts'

const waitMs = 300

interface DraftKeeper {
  /** After a moment, in which more may be typed. */
  readonly keep: (value: FieldText, quote: MessageView | undefined) => void
  readonly drop: () => void
}

/** A text that was not sent survives the page; what was typed last is kept when the conversation is left. */
export function useDraft(conversation: string, value: FieldText, quote: MessageView | undefined): void {
  const keeper = useKeeper(conversation)
  const [first] = useState(value)
  useEffect(() => {
    // Sent: the core forgets its draft by itself.
    if (value === emptyField) keeper.drop()
    else if (value !== first || quote !== undefined) keeper.keep(value, quote)
  }, [keeper, value, quote, first])
}

function useKeeper(conversation: string): DraftKeeper {
  const { client } = useAccount()
  const pending = useRef<(() => void) | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const keeper = useMemo<DraftKeeper>(() => {
    const drop = (): void => {
      clearTimeout(timer.current)
      pending.current = undefined
    }
    const keep: DraftKeeper['keep'] = (value, quote) => {
      drop()
      pending.current = () => {
        drop()
        const text = wireForm(value)
        const about = quote === undefined ? {} : { quote: { sentAt: quote.sentAt, author: quote.sender } }
        // What cannot be kept is still in the field.
        client.command('conversations.set-draft', { conversation, text, ...about }).catch(() => undefined)
      }
      timer.current = setTimeout(pending.current, waitMs)
    }
    return { keep, drop }
  }, [client, conversation])
  useEffect(() => {
    const flush = (): void => pending.current?.()
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [keeper])
  return keeper
}
