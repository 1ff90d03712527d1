import { useCallback } from 'react'
import { type Attaching, useAttaching } from '../attach/index.ts'
import { type ComposerProps } from './composer-props.ts'
import { emptyField, fieldFromWire, withReturned } from './field-text.ts'
import { type Mentionable } from './people.ts'
import { useDraftQuote } from './use-draft-quote.ts'
import { useDraft } from './use-draft.ts'
import { type Field, useField } from './use-field.ts'
import { usePeople } from './use-people.ts'
import { type Outgoing, type Sender, useSend } from './use-send.ts'
import { type TypingTeller, useTyping } from './use-typing.ts'

/** The next message of a conversation, while it is made. */
export interface Composing {
  readonly field: Field
  readonly people: readonly Mentionable[]
  readonly attaching: Attaching
  readonly typing: TypingTeller
  readonly sender: Sender
  /** Whether anything is there that could be sent: files may not be ready yet. */
  readonly hasContent: boolean
  readonly isReady: boolean
  readonly send: () => void
}

/** What was typed, what is attached and what is replied to go out together, and come back together. */
export function useComposing({ conversation, quote, onQuoteChange }: ComposerProps): Composing {
  const people = usePeople(conversation)
  const field = useField(() =>
    fieldFromWire(conversation.draft ?? '', account => people.find(person => person.account === account)?.name),
  )
  const typing = useTyping(conversation.id)
  const attaching = useAttaching(conversation)
  const { replace, value, ref } = field
  const { hide, unhide, pending, staged } = attaching
  const onGone = useCallback(
    ({ attachments }: Outgoing) => {
      replace(() => emptyField)
      hide(attachments)
      onQuoteChange(undefined)
      typing.sent()
      ref.current?.focus()
    },
    [hide, onQuoteChange, ref, replace, typing],
  )
  const onBack = useCallback(
    (returned: Outgoing) => {
      replace(now => withReturned(returned.value, now))
      unhide(returned.attachments)
      onQuoteChange(returned.quote)
    },
    [onQuoteChange, replace, unhide],
  )
  const sender = useSend(conversation.id, { onGone, onBack })
  useDraft(conversation.id, value, quote)
  useDraftQuote(conversation, onQuoteChange)
  const isReady = pending.length === 0
  const send = (): void => {
    // What is not ready yet would be left behind.
    if (isReady) sender.send({ value, quote, attachments: staged.map(({ id }) => id) })
  }
  const hasContent = staged.length + pending.length > 0 || value.text.trim() !== ''
  return { field, people, attaching, typing, sender, hasContent, isReady, send }
}
