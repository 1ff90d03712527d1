import { expect, test } from 'vitest'
import { ManualClock } from '../src/clock.ts'

test('time stands still until it is moved', async () => {
  const clock = new ManualClock(1000)
  expect([clock.now(), clock.monotonic()]).toEqual([1000, 0])
  await clock.advance(25)
  expect([clock.now(), clock.monotonic()]).toEqual([1025, 25])
})

test('a jump changes the time of day and nothing else', async () => {
  const clock = new ManualClock(1000)
  clock.jump(-400)
  expect([clock.now(), clock.monotonic()]).toEqual([600, 0])
  await clock.advance(1)
  expect([clock.now(), clock.monotonic()]).toEqual([601, 1])
})

test('waits end in order, at their own times, and only when they are due', async () => {
  const clock = new ManualClock(0)
  const seen: [string, number][] = []
  const wait = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms)
    seen.push([name, clock.now()])
  }
  const all = [wait('later', 30), wait('soon', 10), wait('with soon', 10), wait('too late', 31)]
  await clock.advance(30)
  expect(seen).toEqual([
    ['soon', 10],
    ['with soon', 10],
    ['later', 30],
  ])
  expect(clock.waiting).toBe(1)
  await clock.advance(1)
  await Promise.all(all)
  expect(seen.at(-1)).toEqual(['too late', 31])
})

test('waits that begin on the way end on the way', async () => {
  const clock = new ManualClock(0)
  const times: number[] = []
  const repeat = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      await clock.sleep(10)
      times.push(clock.now())
    }
  }
  const done = repeat()
  await clock.advance(35)
  expect(times).toEqual([10, 20, 30])
  await clock.advance(5)
  await done
  expect(times).toEqual([10, 20, 30, 40])
})

test('an aborted wait rejects with the reason and is forgotten', async () => {
  const clock = new ManualClock()
  const stop = new AbortController()
  const reason = new Error('enough')
  const wait = clock.sleep(10, stop.signal)
  expect(clock.waiting).toBe(1)
  stop.abort(reason)
  await expect(wait).rejects.toBe(reason)
  expect(clock.waiting).toBe(0)
  await expect(clock.sleep(10, stop.signal)).rejects.toBe(reason)
})

test('an abort after the end changes nothing', async () => {
  const clock = new ManualClock()
  const stop = new AbortController()
  const wait = clock.sleep(10, stop.signal)
  await clock.advance(10)
  stop.abort()
  await expect(wait).resolves.toBeUndefined()
})
