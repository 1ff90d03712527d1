import { expect, test, vi } from 'vitest'
import { answer, hold, startGuard } from './support/fake-guard.ts'
import { openPipe, RawPipe } from './support/raw-pipe.ts'
import { limitsWith, startGateway } from './support/test-gateway.ts'

const body = new Uint8Array(10)
const until = { timeout: 20_000, interval: 5 }

test('a stop waits for answers, takes nothing new, and tells clients', async () => {
  const guard = await startGuard(hold)
  const { gateway, url } = await startGateway([guard.draft], { limits: limitsWith({ sockets: { drainMs: 60_000 } }) })
  const [busy, idle] = [await openPipe(url), await openPipe(url)]
  const { result } = busy.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(1), until)
  const stopped = gateway.stop(60_000)
  expect(await idle.closed()).toBe(1001)
  await vi.waitFor(() => expect(busy.events).toContainEqual({ kind: 'going-away', reason: 'shutting-down' }), until)
  expect(() => busy.post(guard.id, body)).toThrow('pipe.not-open')
  await expect(new RawPipe(url).ready()).rejects.toThrow('503')
  for (const response of guard.waiting) answer(response, 'late')
  expect(await result).toMatchObject({ status: 200 })
  expect(await busy.closed()).toBe(1001)
  await stopped
  expect(gateway.port).toBe(0)
})

test('held requests are not waited for: their clients ask elsewhere', async () => {
  const guard = await startGuard(hold)
  const { gateway, url } = await startGateway([guard.draft], { limits: limitsWith({ sockets: { drainMs: 20 } }) })
  const pipe = await openPipe(url)
  const { result } = pipe.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(1), until)
  await gateway.stop(60_000)
  expect(await result).toEqual({ reason: 'connection-lost' })
  await vi.waitFor(() => expect(guard.givenUp()).toBe(1), until)
})

test('a client that does not let go is cut', async () => {
  const { gateway, url } = await startGateway([])
  const pipe = await openPipe(url)
  pipe.socket.pause()
  await gateway.stop(60_000)
  pipe.socket.resume()
  expect([1001, 1006]).toContain(await pipe.closed())
})

test('a gateway can be stopped twice', async () => {
  const { gateway } = await startGateway([])
  await Promise.all([gateway.stop(), gateway.stop()])
  expect(gateway.port).toBe(0)
})

test('limits that no client would understand are refused at once', async () => {
  const limits = limitsWith({ pipe: { maxStreams: 0 } })
  await expect(startGateway([], { limits })).rejects.toThrow('pipe.bad-limits')
})
