import { SendHorizontal } from 'lucide-react'
import { type ReactNode, useCallback, useId } from 'react'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import { type ComposerProps } from './composer-props.ts'
import { ComposerField } from './composer-field.tsx'
import styles from './composer.module.css'
import { Countdown } from './countdown.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { emptyField, fieldFromWire, withReturned } from './field-text.ts'
import { Obstacles } from './obstacles.tsx'
import { StagedQuote } from './staged-quote.tsx'
import { useDraftQuote } from './use-draft-quote.ts'
import { useDraft } from './use-draft.ts'
import { useField } from './use-field.ts'
import { useFocusOnOpen } from './use-focus-on-open.ts'
import { usePeople } from './use-people.ts'
import { type Outgoing, useSend } from './use-send.ts'
import { useTyping } from './use-typing.ts'
import { useTypeAnywhere } from './use-type-anywhere.ts'

/** The field with what stands around it. */
export function OpenComposer({ conversation, quote, onQuoteChange }: ComposerProps): ReactNode {
  const text = useText()
  const people = usePeople(conversation)
  const settings = useQuery('settings.get')
  const field = useField(() =>
    fieldFromWire(conversation.draft ?? '', account => people.find(person => person.account === account)?.name),
  )
  const typing = useTyping(conversation.id)
  const { replace, value, ref } = field
  const onGone = useCallback(() => {
    replace(() => emptyField)
    onQuoteChange(undefined)
    typing.sent()
    ref.current?.focus()
  }, [onQuoteChange, ref, replace, typing])
  const onBack = useCallback(
    (returned: Outgoing) => {
      replace(now => withReturned(returned.value, now))
      onQuoteChange(returned.quote)
    },
    [onQuoteChange, replace],
  )
  const sender = useSend(conversation.id, { onGone, onBack })
  useDraft(conversation.id, value, quote)
  useDraftQuote(conversation, onQuoteChange)
  useFocusOnOpen(ref, quote)
  useTypeAnywhere(ref)
  const countId = useId()
  const send = (): void => sender.send({ value, quote })
  return (
    <div className={styles['composer']}>
      {quote !== undefined && <StagedQuote quote={quote} onClose={() => onQuoteChange(undefined)} />}
      <div className={styles['row']}>
        <ComposerField
          field={field}
          people={people}
          label={text('composer.field')}
          placeholder={conversation.kind === 'self' ? text('composer.note') : text('composer.placeholder')}
          countId={countId}
          enterKey={settings?.enterKey ?? 'sends'}
          spellCheck={settings?.spellCheck ?? true}
          onTyped={typing.typed}
          onSend={send}
          onEscape={quote === undefined ? undefined : () => onQuoteChange(undefined)}
        />
        <Countdown id={countId} value={value} />
        <EmojiButton field={field} />
        <IconButton
          icon={SendHorizontal}
          label={text('composer.send')}
          tone="accent"
          mirrored
          isDisabled={value.text.trim() === ''}
          onPress={send}
        />
      </div>
      <Obstacles sender={sender} />
    </div>
  )
}
