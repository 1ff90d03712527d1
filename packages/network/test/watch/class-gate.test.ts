import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { failureOf } from '../fake/fake-client.ts'
import { ClassGate } from '../../src/watch/class-gate.ts'

test('different classes begin 250 ms apart, one class as it likes', async () => {
  const clock = new ManualClock()
  const gate = new ClassGate(clock, 250)
  const { signal } = new AbortController()
  const begun: [string, number][] = []
  const enter = (name: string): void => {
    void gate.enter(name, signal).then(() => begun.push([name, clock.monotonic()]))
  }
  for (const name of ['a', 'a', 'b', 'c', 'a']) enter(name)
  await clock.advance(1000)
  expect(begun).toEqual([
    ['a', 0],
    ['a', 0],
    ['b', 250],
    ['c', 500],
    ['a', 750],
  ])
  enter('b')
  await clock.advance(0)
  expect(begun.at(-1)).toEqual(['b', 1000])
})

test('who gives up waits no longer', async () => {
  const clock = new ManualClock()
  const gate = new ClassGate(clock, 250)
  const controller = new AbortController()
  await gate.enter('a', controller.signal)
  const waiting = failureOf(gate.enter('b', controller.signal))
  controller.abort()
  expect(await waiting).toMatchObject({ code: 'network.aborted' })
})
