import { Mic } from 'lucide-react'
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import { type Voice } from './use-voice.ts'
import styles from './voice-button.module.css'

/** Shorter is a press. */
const holdMs = 350
/** Further away from where it began, the finger means to be free, pixels. */
const slidePx = 56

interface VoiceButtonProps {
  readonly voice: Voice
  /** Why it can't be used now: said when it is pressed. */
  readonly obstacle: string | undefined
  readonly onObstacle: () => void
}

/** A press records hands-free; whoever holds it stops by letting go, or slides away to go on without holding. */
export function VoiceButton({ voice, obstacle, onObstacle }: VoiceButtonProps): ReactNode {
  const text = useText()
  const { begin, release } = voice
  const holding = useRef<AbortController>(undefined)
  useEffect(() => () => holding.current?.abort(), [])
  const start = (hold: 'none' | 'held'): void => {
    if (obstacle === undefined) begin(hold)
    else onObstacle()
  }
  const onDown = ({ button, clientX, clientY }: PointerEvent): void => {
    holding.current?.abort()
    if (button !== 0 || obstacle !== undefined) return
    const ended = new AbortController()
    holding.current = ended
    const timer = setTimeout(() => begin('held'), holdMs)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
    const end = (wants: 'go-on' | 'stop') => (): void => {
      ended.abort()
      release(wants)
    }
    // Buttons keep such events to themselves.
    const options = { signal: ended.signal, capture: true }
    addEventListener('pointerup', end('stop'), options)
    addEventListener('pointercancel', end('go-on'), options)
    const move = (event: globalThis.PointerEvent): void => {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > slidePx) end('go-on')()
    }
    addEventListener('pointermove', move, options)
  }
  return (
    <span
      className={styles['hold']}
      data-off={obstacle === undefined ? undefined : ''}
      onPointerDownCapture={onDown}
      onContextMenu={event => event.preventDefault()}
    >
      <IconButton icon={Mic} label={obstacle ?? text('voice.start')} onPress={() => start('none')} />
    </span>
  )
}
