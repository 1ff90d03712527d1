import type { ReactElement } from 'react'
import { TIMER_STEPS, timerStep } from './timer-steps.ts'

/** `progress` is the share of time that is left, from 1 to 0. Decoration without a label. */
export interface TimerGlyphProps {
  readonly progress: number
  readonly label?: string
}

const CIRCLE = 2 * Math.PI * 4

/** A small pie that empties in twelve steps, in the colour of the text beside it. */
export function TimerGlyph({ progress, label }: TimerGlyphProps): ReactElement {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  const left = (CIRCLE * timerStep(progress)) / TIMER_STEPS
  return (
    <svg width="0.875rem" height="0.875rem" viewBox="0 0 20 20" fill="none" {...named}>
      <circle cx="10" cy="10" r="8.75" stroke="currentColor" strokeWidth="1.75" opacity="0.55" />
      <circle
        cx="10"
        cy="10"
        r="2.75"
        stroke="currentColor"
        strokeWidth="5.5"
        strokeDasharray={`${(left * 2.75) / 4} 100`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  )
}
