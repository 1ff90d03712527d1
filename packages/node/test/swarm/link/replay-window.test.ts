import { array, assert, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { ReplayWindow } from '../../../src/swarm/link/replay-window.ts'

test('every counter is taken once', () => {
  assert(
    property(array(nat(20_000), { maxLength: 200 }), counters => {
      const window = new ReplayWindow()
      const taken = new Set<number>()
      let highest = -1
      for (const counter of counters) {
        const isNew = !taken.has(counter) && counter > highest - 8192
        expect(window.take(counter)).toBe(isNew)
        taken.add(counter)
        highest = Math.max(highest, counter)
      }
    }),
  )
})

test('places in the window are free again when it has moved on', () => {
  const window = new ReplayWindow()
  let isEachTaken = true
  for (let counter = 0; counter < 30_000; counter++) isEachTaken &&= window.take(counter)
  expect(isEachTaken).toBe(true)
  expect(window.take(29_999)).toBe(false)
  expect(window.take(29_999 - 8191)).toBe(false)
  expect(window.take(29_999 - 8192)).toBe(false)
  expect(window.take(1_000_000)).toBe(true)
  expect(window.take(999_999)).toBe(true)
})
