import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { failureOf } from './fake/fake-client.ts'
import { pause, unlessAborted, withDeadline } from '../src/deadline.ts'

test('what is in time counts, and leaves no timer behind', async () => {
  const clock = new ManualClock()
  expect(await withDeadline({ clock, ms: 100 }, async () => 7)).toBe(7)
  await expect(
    withDeadline({ clock, ms: 100 }, async () => {
      throw new RangeError('own')
    }),
  ).rejects.toThrow(RangeError)
  await clock.advance(0)
  expect(clock.waiting).toBe(0)
})

test('what is late is told to stop, and not waited for', async () => {
  const clock = new ManualClock()
  let told = false
  const work = withDeadline({ clock, ms: 100 }, async signal => {
    signal.addEventListener('abort', () => (told = true))
    return new Promise<never>(() => {})
  })
  const settled = failureOf(work)
  await clock.advance(99)
  expect(told).toBe(false)
  await clock.advance(1)
  expect(await settled).toMatchObject({ code: 'network.timed-out' })
  expect(told).toBe(true)
})

test('the outer signal ends it too', async () => {
  const clock = new ManualClock()
  const controller = new AbortController()
  const { signal } = controller
  const never = async (): Promise<never> => new Promise(() => {})
  const all = [
    withDeadline({ clock, ms: 100, signal }, never),
    pause(clock, 100, signal),
    unlessAborted(never(), signal),
  ]
  const failures = Promise.all(all.map(async work => failureOf(work)))
  controller.abort()
  for (const failure of await failures) expect(failure).toMatchObject({ code: 'network.aborted' })
  for (const work of [
    withDeadline({ clock, ms: 100, signal }, never),
    pause(clock, 100, signal),
    unlessAborted(never(), signal),
  ]) {
    await expect(work).rejects.toMatchObject({ code: 'network.aborted' })
  }
  expect(clock.waiting).toBe(0)
  expect(await unlessAborted(Promise.resolve(1))).toBe(1)
})
