import { clientLimits, encodePipeFrame } from '@sotto/protocol/pipe'
import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { answer, echo, hold, startGuard } from '../support/fake-guard.ts'
import { openPipe, RawPipe } from '../support/raw-pipe.ts'
import { limitsWith, metricOf, startGateway } from '../support/test-gateway.ts'

const body = new Uint8Array(1000)
const until = { timeout: 20_000, interval: 5 }

test('one address asks so many requests at once, over all of its pipes', async () => {
  const guard = await startGuard(hold)
  const { url } = await startGateway([guard.draft], { limits: limitsWith({ clients: { maxRequests: 3 } }) })
  const [first, second] = [await openPipe(url, { from: '127.21.0.1' }), await openPipe(url, { from: '127.21.0.1' })]
  const held = first.post(guard.id, body)
  first.post(guard.id, body)
  second.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(3), until)
  expect(await second.post(guard.id, body).result).toEqual({ reason: 'busy' })
  const other = await openPipe(url, { from: '127.21.0.2' })
  void other.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(4), until)
  first.apply(first.pipe.reset(held.stream, 'cancelled'))
  await vi.waitFor(() => expect(guard.waiting.size).toBe(3), until)
  void second.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(4), until)
})

test('one address asks so many requests in a while', async () => {
  const guard = await startGuard(echo)
  const limits = limitsWith({ clients: { requestRate: 1e-6, requestBurst: 5 } })
  const { gateway, url } = await startGateway([guard.draft], { limits })
  const pipe = await openPipe(url, { from: '127.21.1.1' })
  const results = await Promise.all(Array.from({ length: 8 }, async () => pipe.post(guard.id, body).result))
  expect(results.filter(result => 'status' in result).length).toBe(5)
  expect(results.filter(result => 'reason' in result && result.reason === 'busy').length).toBe(3)
  const other = await openPipe(url, { from: '127.21.1.2' })
  expect(await other.post(guard.id, body).result).toMatchObject({ status: 200 })
  expect(await metricOf(gateway, 'sotto_gateway_requests_total{outcome="busy"}')).toBe(3)
})

test('a neighbourhood asks more than one address, but not without end', async () => {
  const guard = await startGuard(echo)
  const limits = limitsWith({ clients: { requestRate: 1e-6, requestBurst: 2, neighbourhoodFactor: 2 } })
  const { url } = await startGateway([guard.draft], { limits })
  const statuses: unknown[] = []
  for (const last of [1, 1, 2, 2, 3]) {
    const pipe = await openPipe(url, { from: `127.21.2.${last}` })
    statuses.push(await pipe.post(guard.id, body).result)
  }
  expect(statuses.map(each => (each as { status?: number }).status)).toEqual([200, 200, 200, 200, undefined])
})

test('one address sends so many bytes in a while', async () => {
  const guard = await startGuard(echo)
  const limits = limitsWith({ clients: { bytesRate: 1e-3, bytesBurst: 2500 } })
  const { url } = await startGateway([guard.draft], { limits })
  const pipe = await openPipe(url)
  const results = await Promise.all([1, 2, 3].map(async () => pipe.post(guard.id, body).result))
  expect(results.map(result => ('status' in result ? result.status : result.reason))).toEqual([200, 200, 'busy'])
})

test('bytes of all clients together: whoever finds no room comes back later', async () => {
  const guard = await startGuard((asked, response) =>
    answer(response, asked.length === 0 ? Buffer.alloc(300_000) : 'ok'),
  )
  const limits = limitsWith({ sockets: { maxHeldBytes: 200_000 } })
  const { gateway, url } = await startGateway([guard.draft], { limits })
  const pipe = await openPipe(url)
  expect(await pipe.post(guard.id, new Uint8Array(200_001)).result).toEqual({ reason: 'busy' })
  expect(await pipe.post(guard.id, new Uint8Array()).result).toEqual({ reason: 'busy' })
  expect(await pipe.post(guard.id, new Uint8Array(100_000)).result).toMatchObject({ status: 200 })
  expect(await metricOf(gateway, 'sotto_gateway_held_bytes')).toBe(0)
})

test('a client that takes none of its answers holds up nobody else, and is cut off', async () => {
  const guard = await startGuard((_, response) => answer(response, Buffer.alloc(3_000_000)))
  const limits = limitsWith({ sockets: { tickMs: 10, stallMs: 300 } })
  const { gateway, url } = await startGateway([guard.draft], { limits })
  const slow = await openPipe(url, { idle: true })
  const stuck = slow.post(guard.id, body)
  const quick = await openPipe(url)
  for (let round = 0; round < 3; round++) {
    expect(await quick.post(guard.id, body).result).toMatchObject({ status: 200 })
  }
  expect(await stuck.result).toEqual({ reason: 'deadline' })
  // It has had what its window takes and not more.
  const sizes = slow.events.map(event => (event.kind === 'data' ? event.bytes.length : 0))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(clientLimits.streamWindow)
  expect(await metricOf(gateway, 'sotto_gateway_held_bytes')).toBe(0)
})

test('streams of one client take turns', async () => {
  const guard = await startGuard((asked, response) =>
    answer(response, Buffer.alloc(asked[0] === 1 ? 8_000_000 : 200_000)),
  )
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  const order: string[] = []
  const large = pipe.post(guard.id, Uint8Array.of(1)).result.then(() => order.push('large'))
  const begun = (): boolean => pipe.events.some(({ kind }) => kind === 'data')
  await vi.waitFor(() => expect(begun()).toBe(true), until)
  const small = pipe.post(guard.id, Uint8Array.of(2)).result.then(() => order.push('small'))
  await Promise.all([large, small])
  expect(order).toEqual(['small', 'large'])
})

test('a client whose socket takes nothing has its answers kept, not written, until it is given up as dead', async () => {
  const guard = await startGuard((_, response) => answer(response, Buffer.alloc(5_000_000)))
  const sockets = { maxUnsentBytes: 100_000, tickMs: 100, pingMs: 200, deadMs: 5000 }
  const { gateway, url } = await startGateway([guard.draft], { limits: limitsWith({ sockets }) })
  const endless = 2 ** 31 - 1
  const pipe = await openPipe(url, {
    limits: { ...clientLimits, streamWindow: endless, connectionWindow: endless },
    idle: true,
  })
  pipe.socket.pause()
  for (let at = 0; at < 10; at++) pipe.post(guard.id, body)
  // An answer counts as a whole until all of it is sent; a few go into the buffers of the system.
  const held = async (): Promise<number> => metricOf(gateway, 'sotto_gateway_held_bytes')
  await vi.waitFor(async () => expect(await held()).toBeGreaterThan(20_000_000), until)
  const ended = async (): Promise<number> => metricOf(gateway, 'sotto_gateway_pipes_total{end="dead"}')
  await vi.waitFor(async () => expect(await ended()).toBe(1), until)
  expect(await held()).toBe(0)
})

test('who never says hello is cut off', async () => {
  const { gateway, url } = await startGateway([], { limits: limitsWith({ sockets: { tickMs: 10, helloMs: 50 } }) })
  const pipe = new RawPipe(url, { mute: true })
  expect(await pipe.closed()).toBe(1006)
  expect(await metricOf(gateway, 'sotto_gateway_pipes_total{end="silent"}')).toBe(1)
})

test('a client that answers pings stays, one that does not is dead', async () => {
  const limits = limitsWith({ sockets: { tickMs: 20, pingMs: 40, deadMs: 2000 } })
  const { gateway, url } = await startGateway([], { limits })
  const alive = await openPipe(url)
  let pings = 0
  alive.socket.on('ping', () => (pings += 1))
  const silent = new WebSocket(url, ['sotto-pipe.1'], { autoPong: false, perMessageDeflate: false })
  silent.on('open', () => silent.send(encodePipeFrame({ type: 'hello', version: 1, limits: clientLimits })))
  await new Promise(resolve => silent.once('close', resolve))
  expect(await metricOf(gateway, 'sotto_gateway_pipes_total{end="dead"}')).toBe(1)
  expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  expect(pings).toBeGreaterThan(5)
})

test('a body that does not go on is given up', async () => {
  const guard = await startGuard(echo)
  const { url } = await startGateway([guard.draft], { limits: limitsWith({ sockets: { tickMs: 10, bodyMs: 50 } }) })
  const pipe = await openPipe(url)
  const output = pipe.pipe.open({ guard: guard.id, body: new Uint8Array(100), deadlineMs: 1000 })
  // The open without the body.
  pipe.apply({ frames: output.frames.slice(0, 1), events: [] })
  const gone = (): boolean => pipe.events.some(event => event.kind === 'reset' && event.reason === 'deadline')
  await vi.waitFor(() => expect(gone()).toBe(true), until)
})
