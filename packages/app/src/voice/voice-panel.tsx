import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../texts/index.ts'
import { useAnnounce, useToasts } from '../ui/index.ts'
import { voiceKey } from './key-meaning.ts'
import { type Recording } from './recorder.ts'
import { Recorded } from './recorded.tsx'
import { Recording as RecordingRow } from './recording.tsx'
import { useRecorder } from './use-recorder.ts'
import { type Voice } from './use-voice.ts'
import styles from './voice.module.css'

interface VoicePanelProps {
  readonly voice: Voice
  /** Whether it was taken: the panel stays otherwise, with what was said. */
  readonly onSend: (recording: Recording) => Promise<boolean>
  readonly onClose: () => void
}

const problemMs = 12_000

/** In place of the field while a voice message is made. It records as soon as it is shown. Spec 50 §4. */
export function VoicePanel({ voice, onSend, onClose }: VoicePanelProps): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const announce = useAnnounce()
  const panel = useRef<HTMLDivElement>(null)
  const { state, stop } = useRecorder()
  const [isSending, setSending] = useState(false)
  const toggle = useRef<() => void>(undefined)
  const { kind } = state
  useEffect(() => panel.current?.focus({ preventScroll: true }), [kind])
  useEffect(() => {
    if (voice.hold === 'let-go') stop()
  }, [voice.hold, stop])
  useEffect(() => {
    if (kind === 'recording') announce(text('voice.recording'))
    if (kind === 'recorded') announce(state.isFull ? text('voice.full') : text('voice.recorded'))
    if (kind === 'failed') toasts.show({ text: text(`voice.${state.problem}`), tone: 'danger', durationMs: problemMs })
    if (kind === 'nothing') toasts.show({ text: text('voice.nothing') })
    if (kind === 'failed' || kind === 'nothing') onClose()
    // What is said goes with the change of the state, not with each piece of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [kind])
  const discard = (): void => {
    announce(text('voice.discarded'))
    onClose()
  }
  const send = async (): Promise<void> => {
    if (state.kind !== 'recorded' || isSending) return
    setSending(true)
    const isTaken = await onSend(state.recording)
    setSending(false)
    if (isTaken) onClose()
  }
  const onKey = (event: KeyboardEvent): void => {
    const meaning = voiceKey(event.key, kind !== 'recorded', event.target !== event.currentTarget)
    if (meaning === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat) return
    if (meaning === 'stop') stop()
    if (meaning === 'send') void send()
    if (meaning === 'play') toggle.current?.()
    if (meaning === 'discard') discard()
  }
  return (
    <div
      ref={panel}
      className={styles['panel']}
      role="group"
      aria-label={text('voice.panel')}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      {state.kind === 'recorded' ? (
        <Recorded
          recording={state.recording}
          isSending={isSending}
          toggleRef={toggle}
          onSend={() => void send()}
          onDiscard={discard}
        />
      ) : (
        <RecordingRow state={state} isHeld={voice.hold === 'held'} onStop={stop} onDiscard={discard} />
      )}
    </div>
  )
}
