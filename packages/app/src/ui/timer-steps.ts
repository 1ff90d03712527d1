/** How many twelfths a disappearing message's glyph shows. */
export const TIMER_STEPS = 12

/** The step for the share of time that is left, from 0 to 1: empty only when nothing is left, full only at the start. */
export function timerStep(progress: number): number {
  if (!(progress > 0)) return 0
  return Math.min(TIMER_STEPS, Math.ceil(progress * TIMER_STEPS))
}
