import type { Refusal } from '../runner.ts'

/** Known answers that others hold to be right and that Sotto contradicts on purpose. */
export const refusals: readonly Refusal[] = [
  {
    group: 'clockOffset',
    has: ['samples', 'offset'],
    refused: 'a mean lets one lying node move the clock; ours is a median (Spec 70 §6.5)',
  },
]
