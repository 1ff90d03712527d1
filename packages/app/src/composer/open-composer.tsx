import { lazy, type ReactNode, Suspense, useCallback, useId, useRef } from 'react'
import { AttachButton, DropZone, useAttaching, useFileChoice } from '../attach/index.ts'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useVoice } from '../voice/index.ts'
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
import { SendButton } from './send-button.tsx'
import { type Outgoing, useSend } from './use-send.ts'
import { useSendVoice } from './use-send-voice.ts'
import { useTyping } from './use-typing.ts'
import { useTypeAnywhere } from './use-type-anywhere.ts'

// Not needed to read and to write.
const StagedStrip = lazy(async () => ({ default: (await import('../attach/staged-strip.tsx')).StagedStrip }))
const VoicePanel = lazy(async () => ({ default: (await import('../voice/voice-panel.tsx')).VoicePanel }))

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
  const attaching = useAttaching(conversation)
  const { hide, unhide } = attaching
  const choice = useFileChoice(attaching.add)
  const inside = useRef<HTMLDivElement>(null)
  const voice = useVoice()
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
  const sendVoice = useSendVoice(conversation.id, quote, () => onQuoteChange(undefined))
  const sender = useSend(conversation.id, { onGone, onBack })
  useDraft(conversation.id, value, quote)
  useDraftQuote(conversation, onQuoteChange)
  useFocusOnOpen(ref, quote)
  useTypeAnywhere(ref)
  const countId = useId()
  const isReady = attaching.pending.length === 0
  const hasFiles = attaching.staged.length > 0 || !isReady
  const attachments = attaching.staged.map(({ id }) => id)
  // What is not ready yet would be left behind.
  const send = (): void => void (isReady && sender.send({ value, quote, attachments }))
  const closeVoice = (): void => {
    voice.close()
    setTimeout(() => ref.current?.focus(), 0)
  }
  return (
    <div ref={inside} className={styles['composer']}>
      <DropZone attaching={attaching} insideRef={inside} />
      {quote !== undefined && <StagedQuote quote={quote} onClose={() => onQuoteChange(undefined)} />}
      {hasFiles && !voice.isOpen && (
        <Suspense fallback={null}>
          <StagedStrip attaching={attaching} onAddMore={choice.open} />
        </Suspense>
      )}
      <div className={styles['place']}>
        <div className={styles['row']} data-away={voice.isOpen ? '' : undefined}>
          <AttachButton attaching={attaching} choice={choice} />
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
          <SendButton
            hasContent={hasFiles || value.text.trim() !== ''}
            isDisabled={!isReady}
            onSend={send}
            voice={voice}
            attaching={attaching}
          />
        </div>
        {voice.isOpen && (
          <Suspense fallback={null}>
            <VoicePanel voice={voice} onSend={sendVoice} onClose={closeVoice} />
          </Suspense>
        )}
      </div>
      <Obstacles sender={sender} />
    </div>
  )
}
