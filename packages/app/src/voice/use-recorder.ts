import { useCallback, useEffect, useRef, useState } from 'react'
import { useLatest } from '../messages/use-latest.ts'
import { type MicrophoneProblem, problemOf, Recorder, type Recording } from './recorder.ts'
import { minVoiceMs } from './voice-limits.ts'

/** Where a voice message is. */
export type VoiceState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'recording'; readonly levels: readonly number[]; readonly elapsedMs: number }
  | { readonly kind: 'recorded'; readonly recording: Recording; readonly isFull: boolean }
  | { readonly kind: 'failed'; readonly problem: MicrophoneProblem }
  /** It was over before it began. */
  | { readonly kind: 'nothing' }

/** A voice message while it is made. */
export interface VoiceMaking {
  readonly state: VoiceState
  readonly stop: () => void
  /** Whether somebody has decided what becomes of it: sent or discarded. If not, it is kept when one leaves. */
  readonly settle: (isSettled: boolean) => void
}

const starting: VoiceState = { kind: 'starting' }

/** Records from when it is shown until `stop`. Whoever leaves before it is decided about gets it with `onLeft`. */
export function useRecorder(onLeft: (recording: Recording) => void): VoiceMaking {
  const [state, setState] = useState<VoiceState>(starting)
  const recorder = useRef<Recorder>(undefined)
  const made = useRef<Recording>(undefined)
  const wantsStop = useRef(false)
  const isSettled = useRef(false)
  const isGone = useRef(false)
  const latest = useLatest(onLeft)
  const finish = useCallback((isFull: boolean) => {
    const recording = take(recorder)
    if (recording === undefined) return
    const isEnough = recording.durationMs >= minVoiceMs
    made.current = isEnough ? recording : undefined
    setState(isEnough ? { kind: 'recorded', recording, isFull } : { kind: 'nothing' })
  }, [])
  const keep = useCallback(() => {
    const recording = take(recorder) ?? made.current
    made.current = undefined
    if (recording !== undefined && recording.durationMs >= minVoiceMs) latest.current(recording)
  }, [latest])
  const stop = useCallback(() => {
    wantsStop.current = true
    finish(false)
  }, [finish])
  const settle = useCallback(
    (settled: boolean) => {
      isSettled.current = settled
      if (!settled && isGone.current) keep()
    },
    [keep],
  )
  useEffect(() => {
    const left = new AbortController()
    isGone.current = false
    const listener = {
      // A copy of the list would grow with each piece; only its end is new.
      onHeard: (levels: readonly number[], elapsedMs: number) => setState({ kind: 'recording', levels, elapsedMs }),
      onEnded: () => finish(true),
    }
    const start = async (): Promise<void> => {
      try {
        const started = await Recorder.start(listener, left.signal)
        if (left.signal.aborted) return started.discard()
        recorder.current = started
        // Whoever let go while the browser was asking said nothing yet.
        if (wantsStop.current) finish(false)
      } catch (error) {
        if (!left.signal.aborted) setState({ kind: 'failed', problem: problemOf(error) })
      }
    }
    void start()
    return () => {
      left.abort()
      isGone.current = true
      if (!isSettled.current) return keep()
      recorder.current?.discard()
      recorder.current = undefined
    }
  }, [finish, keep])
  return { state, stop, settle }
}

/** Ends what is being recorded, if anything is. */
function take(recorder: { current: Recorder | undefined }): Recording | undefined {
  const { current } = recorder
  recorder.current = undefined
  return current?.finish()
}
