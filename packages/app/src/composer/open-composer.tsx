import { lazy, type ReactNode, Suspense, useRef } from 'react'
import { DropZone, useFileChoice } from '../attach/index.ts'
import { useQuery } from '../core/index.ts'
import { useVoice } from '../voice/index.ts'
import { type ComposerProps } from './composer-props.ts'
import { ComposerRow } from './composer-row.tsx'
import styles from './composer.module.css'
import { Obstacles } from './obstacles.tsx'
import { StagedQuote } from './staged-quote.tsx'
import { useComposing } from './use-composing.ts'
import { useFocusAfter } from './use-focus-after.ts'
import { useFocusOnOpen } from './use-focus-on-open.ts'
import { useSendVoice } from './use-send-voice.ts'
import { useTypeAnywhere } from './use-type-anywhere.ts'

// Not needed to read and to write.
const StagedStrip = lazy(async () => ({ default: (await import('../attach/staged-strip.tsx')).StagedStrip }))
const VoicePanel = lazy(async () => ({ default: (await import('../voice/voice-panel.tsx')).VoicePanel }))
const VoiceDraft = lazy(async () => ({ default: (await import('../voice/voice-draft.tsx')).VoiceDraft }))

/** The field with what stands around it. */
export function OpenComposer(props: ComposerProps): ReactNode {
  const { conversation, quote, onQuoteChange } = props
  const inside = useRef<HTMLDivElement>(null)
  const composing = useComposing(props)
  const { attaching, field, sender } = composing
  const choice = useFileChoice(attaching.add)
  const voice = useVoice()
  const speech = useSendVoice(conversation.id, quote, () => onQuoteChange(undefined))
  const draft = useQuery('voice-drafts.get', { conversation: conversation.id })
  const isSpeech = voice.isOpen || draft !== undefined
  useFocusOnOpen(field.ref, quote)
  useFocusAfter(field.ref, isSpeech)
  useTypeAnywhere(field.ref)
  return (
    <div ref={inside} className={styles['composer']}>
      <DropZone attaching={attaching} insideRef={inside} />
      {quote !== undefined && <StagedQuote quote={quote} onClose={() => onQuoteChange(undefined)} />}
      {attaching.staged.length + attaching.pending.length > 0 && !isSpeech && (
        <Suspense fallback={null}>
          <StagedStrip
            attaching={attaching}
            onAddMore={choice.open}
            onRemoved={() => field.ref.current?.focus({ preventScroll: true })}
          />
        </Suspense>
      )}
      <div className={styles['place']}>
        <ComposerRow
          conversation={conversation}
          composing={composing}
          choice={choice}
          voice={voice}
          isAway={isSpeech}
          onEscape={quote === undefined ? undefined : () => onQuoteChange(undefined)}
        />
        {voice.isOpen && (
          <Suspense fallback={null}>
            <VoicePanel voice={voice} onSend={speech.send} onClose={voice.close} onLeft={speech.keep} />
          </Suspense>
        )}
        {draft !== undefined && !voice.isOpen && (
          <Suspense fallback={null}>
            <VoiceDraft key={draft.id} draft={draft} onSend={async () => speech.sendKept(draft.id)} />
          </Suspense>
        )}
      </div>
      <Obstacles sender={sender} />
    </div>
  )
}
