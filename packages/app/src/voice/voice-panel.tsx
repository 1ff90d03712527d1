import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../texts/index.ts'
import { useAnnounce, useToasts } from '../ui/index.ts'
import { type VoiceKey } from './key-meaning.ts'
import { type Recording } from './recorder.ts'
import { Recorded } from './recorded.tsx'
import { Recording as RecordingRow } from './recording.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useRecorder } from './use-recorder.ts'
import { type Voice } from './use-voice.ts'
import { VoiceFrame } from './voice-frame.tsx'

interface VoicePanelProps {
  readonly voice: Voice
  /** Whether it was taken: the panel stays otherwise, with what was said. */
  readonly onSend: (recording: Recording) => Promise<boolean>
  readonly onClose: () => void
  /** It was neither sent nor discarded when one looked elsewhere. */
  readonly onLeft: (recording: Recording) => void
}

const problemMs = 12_000

/** In place of the field while a voice message is made. It records as soon as it is shown. Spec 50 §4. */
export function VoicePanel({ voice, onSend, onClose, onLeft }: VoicePanelProps): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const announce = useAnnounce()
  const panel = useRef<HTMLDivElement>(null)
  const { settle, state, stop } = useRecorder(onLeft)
  const [isSending, setSending] = useState(false)
  const toggle = useRef<() => void>(undefined)
  const { kind } = state
  useLeaveGuard(kind === 'recording' || kind === 'recorded')
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
    settle(true)
    announce(text('voice.discarded'))
    onClose()
  }
  const send = async (): Promise<void> => {
    if (state.kind !== 'recorded' || isSending) return
    setSending(true)
    settle(true)
    const isTaken = await onSend(state.recording)
    settle(isTaken)
    setSending(false)
    if (isTaken) onClose()
  }
  const onKey = (meaning: VoiceKey): void => {
    if (meaning === 'stop') stop()
    if (meaning === 'send') void send()
    if (meaning === 'play') toggle.current?.()
    if (meaning === 'discard') discard()
  }
  return (
    <VoiceFrame ref={panel} label={text('voice.panel')} isRecording={kind !== 'recorded'} onKey={onKey}>
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
    </VoiceFrame>
  )
}
