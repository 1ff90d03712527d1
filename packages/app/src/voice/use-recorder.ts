import { useCallback, useEffect, useRef, useState } from 'react'
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

const starting: VoiceState = { kind: 'starting' }

/** Records from when it is shown until `stop`; whoever leaves discards it. */
export function useRecorder(): { readonly state: VoiceState; readonly stop: () => void } {
  const [state, setState] = useState<VoiceState>(starting)
  const recorder = useRef<Recorder>(undefined)
  const wantsStop = useRef(false)
  const finish = useCallback((isFull: boolean) => {
    const { current } = recorder
    recorder.current = undefined
    if (current === undefined) return
    const recording = current.finish()
    setState(recording.durationMs < minVoiceMs ? { kind: 'nothing' } : { kind: 'recorded', recording, isFull })
  }, [])
  const stop = useCallback(() => {
    wantsStop.current = true
    finish(false)
  }, [finish])
  useEffect(() => {
    const left = new AbortController()
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
      recorder.current?.discard()
      recorder.current = undefined
    }
  }, [finish])
  return { state, stop }
}
