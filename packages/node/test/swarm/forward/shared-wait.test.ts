import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { SharedWait } from '../../../src/swarm/forward/shared-wait.ts'

test('those who come soon after one another share a wait; nobody waits longer than was said', async () => {
  const clock = new ManualClock()
  const shared = new SharedWait(clock, 50, new AbortController().signal)
  const over: string[] = []
  const wait = (name: string): void => void shared.wait().then(() => over.push(`${name} ${clock.monotonic()}`))
  wait('first')
  await clock.advance(9)
  wait('second')
  await clock.advance(1)
  wait('third')
  expect(clock.waiting).toBe(2)
  await clock.advance(100)
  expect(over).toEqual(['first 50', 'second 50', 'third 60'])
  wait('fourth')
  await clock.advance(50)
  expect(over.at(-1)).toBe('fourth 160')
})

test('when everything stops nobody waits', async () => {
  const stop = new AbortController()
  const shared = new SharedWait(new ManualClock(), 50, stop.signal)
  const waits = [shared.wait(), shared.wait()]
  stop.abort(new Error('stop'))
  await Promise.all(waits.map(wait => expect(wait).rejects.toThrow('stop')))
})
