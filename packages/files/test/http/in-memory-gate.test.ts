import { type Route, type ServerReply, type ServerRequest, textReply } from '@sotto/server'
import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { InMemoryGate } from '../../src/http/in-memory-gate.ts'
import { limitsWith } from '../support/test-server.ts'

const busy = textReply(503, 'busy')

function gateWith(maxInMemory: number, maxWaiting: number) {
  const clock = new ManualClock()
  const gate = new InMemoryGate({ ...limitsWith().work, maxInMemory, maxWaiting, waitMs: 1000 }, clock)
  const running: PromiseWithResolvers<ServerReply>[] = []
  const inner: Route = {
    maxBodyBytes: 0,
    handle: async () => {
      const turn = Promise.withResolvers<ServerReply>()
      running.push(turn)
      return turn.promise
    },
  }
  const route = gate.guard(inner, busy)
  const ask = (signal = new AbortController().signal): Promise<ServerReply> =>
    Promise.resolve(route.handle({ signal } as ServerRequest))
  return { clock, gate, running, ask }
}

test('so many run, the others have their turn one after the other', async () => {
  const { gate, running, ask, clock } = gateWith(2, 10)
  const replies = [1, 2, 3, 4].map(async () => ask())
  await clock.advance(0)
  expect([running.length, gate.running]).toEqual([2, 2])
  running[0]?.resolve(textReply(200, '0'))
  await clock.advance(0)
  expect([running.length, gate.running]).toEqual([3, 2])
  running[1]?.reject(new Error('broken'))
  await expect(replies[1]).rejects.toThrow('broken')
  await clock.advance(0)
  expect([running.length, gate.running]).toEqual([4, 2])
  for (const at of [2, 3]) running[at]?.resolve(textReply(200, String(at)))
  expect((await Promise.all([replies[0], replies[2], replies[3]])).map(reply => reply?.body)).toEqual(['0', '2', '3'])
  expect([gate.running, clock.waiting]).toEqual([0, 0])
})

test('who waits too long, or comes when too many wait, is refused; who has gone waits no more', async () => {
  const { gate, running, ask, clock } = gateWith(1, 2)
  const first = ask()
  const waiting = ask()
  const leaving = new AbortController()
  const left = ask(leaving.signal)
  await clock.advance(0)
  expect(await ask()).toBe(busy)
  leaving.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  await clock.advance(1000)
  expect(await waiting).toBe(busy)
  running[0]?.resolve(textReply(200, ''))
  expect((await first).status).toBe(200)
  expect([gate.running, clock.waiting, running.length]).toEqual([0, 0, 1])
})
