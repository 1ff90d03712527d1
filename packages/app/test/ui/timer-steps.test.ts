import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TIMER_STEPS, timerStep } from '../../src/ui/timer-steps.ts'

test.for([
  [1, 12],
  [0.99, 12],
  [0.5, 6],
  [0.01, 1],
  [0, 0],
  [-1, 0],
  [2, 12],
  [Number.NaN, 0],
] as const)('%f of the time left shows %i twelfths', ([progress, step]) => {
  expect(timerStep(progress)).toBe(step)
})

test('it never grows while time passes, and is empty only at the end', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      expect(timerStep(Math.min(a, b))).toBeLessThanOrEqual(timerStep(Math.max(a, b)))
      expect(timerStep(a) === 0).toBe(a === 0)
      expect(timerStep(a)).toBeLessThanOrEqual(TIMER_STEPS)
    }),
  )
})
