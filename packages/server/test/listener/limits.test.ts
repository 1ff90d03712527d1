import { once } from 'node:events'
import { expect, test } from 'vitest'
import { Metrics, textReply, type ListenerLimits, type Route, type ServerRequest } from '@sotto/server'
import { askSession, http1, http2, openSession, openSocket } from '../support/client.ts'
import { echo, startListener } from '../support/test-listener.ts'

const small: Route = { maxBodyBytes: 1000, handle: ({ body }) => textReply(200, String(body.length)) }

async function limited(limits: Partial<ListenerLimits>, routes: Readonly<Record<string, Route>> = { 'POST /': small }) {
  const metrics = new Metrics()
  const { port } = await startListener(routes, { limits, metrics })
  return { port, metrics }
}

test.for([
  ['HTTP/1.1', http1],
  ['HTTP/2', http2],
] as const)('%s: the largest body is taken, one byte more is not', async ([, ask]) => {
  const { port, metrics } = await limited({})
  expect(await ask(port, { method: 'POST', path: '/', body: new Uint8Array(1000) })).toMatchObject({ text: '1000' })
  const headers = { 'content-length': '1001' }
  const answer = await ask(port, { method: 'POST', path: '/', headers, body: new Uint8Array(1001) })
  expect(answer).toMatchObject({ status: 413, text: 'Request body too large' })
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="too-large"} 1\n')
})

test('413 is decided from the announced length, before any of the body has come', async () => {
  const { port } = await limited({})
  const { socket, receive } = await openSocket(port)
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n')
  expect(await receive()).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*Request body too large$/i)
})

test('without an announced length it is enforced while reading', async () => {
  const { port } = await limited({})
  const { socket, receive } = await openSocket(port)
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
  socket.write(`3e8\r\n${'x'.repeat(1000)}\r\n1\r\nx\r\n`)
  expect(await receive()).toMatch(/^HTTP\/1\.1 413 [^]*Request body too large$/)
})

test('a stream without an announced length, too', async () => {
  const { port } = await limited({})
  const session = openSession(port)
  const stream = session.request({ ':method': 'POST', ':path': '/' })
  stream.write(new Uint8Array(1001))
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
  expect(headers[':status']).toBe(413)
  stream.resume()
  await once(stream, 'close')
  expect(await askSession(session, { method: 'POST', path: '/', body: 'abc' })).toMatchObject({ text: '3' })
})

test('an unknown path does not wait for its body', async () => {
  const { port } = await limited({})
  const { socket, receive } = await openSocket(port)
  socket.write('POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n')
  expect(await receive()).toMatch(/^HTTP\/1\.1 404 [^]*post \/other Not Found$/)
})

test('64 headers are taken, 65 are not', async () => {
  const { port } = await limited({})
  const lines = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, '1']))
  // `Host`, `Connection` and `Content-Length` are sent as well.
  expect(await http1(port, { method: 'POST', path: '/', headers: lines(61), body: 'a' })).toMatchObject({ status: 200 })
  expect(await http1(port, { method: 'POST', path: '/', headers: lines(62), body: 'a' })).toMatchObject({ status: 431 })
  expect(await http2(port, { method: 'POST', path: '/', headers: lines(64), body: 'a' })).toMatchObject({ status: 200 })
  expect(await http2(port, { method: 'POST', path: '/', headers: lines(65), body: 'a' })).toMatchObject({ status: 431 })
})

test('16 KiB of headers are too many', async () => {
  const { port, metrics } = await limited({})
  const { socket, receive } = await openSocket(port)
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(16_400)}\r\n\r\n`)
  expect(await receive()).toMatch(/^HTTP\/1\.1 431 /)
  const session = openSession(port)
  expect(await askSession(session, { path: '/', headers: { 'x-long': 'a'.repeat(16_400) } })).toMatchObject({
    status: 431,
  })
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="malformed"} 1\n')
})

test.for([
  [
    'both kinds of length',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
  ['a length that is no number', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc'],
  ['a space before the colon', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc'],
  ['a bare line feed', 'POST / HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc'],
  ['a chunk size that is none', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
  ['another protocol', '\u0016\u0003\u0001\u0000\u0001'],
])('malformed requests are refused and the connection ends: %s', async ([, text = '']) => {
  const { port } = await limited({})
  const { socket, receive } = await openSocket(port)
  socket.write(Buffer.from(text, 'latin1'))
  socket.end()
  expect(await receive()).toMatch(/^HTTP\/1\.1 400 /)
  expect(await http1(port, { method: 'POST', path: '/', body: 'abc' })).toMatchObject({ status: 200 })
})

test('a handshake that is none is counted and does no harm', async () => {
  const { port, metrics } = await limited({})
  const { socket, receive } = await openSocket(port, false)
  socket.end('GET / HTTP/1.1\r\n\r\n')
  await receive()
  await http1(port, { method: 'POST', path: '/', body: 'abc' })
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="handshake"} 1\n')
})

/** A route whose answers wait for the test, and a promise of the first request that reached it. */
function held() {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<ServerRequest>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const route: Route = {
    maxBodyBytes: 1000,
    handle: async request => {
      arrive(request)
      await released
      return textReply(200, 'released')
    },
  }
  return { route, arrived, release }
}

test('requests in flight are bounded: the next one is 503', async () => {
  const { route, arrived, release } = held()
  const { port } = await limited({ maxRequests: 1 }, { 'GET /held': route, 'POST /': small })
  const session = openSession(port)
  const first = askSession(session, { path: '/held' })
  await arrived
  const second = await askSession(session, { method: 'POST', path: '/', body: 'abc' })
  expect(second).toMatchObject({ status: 503, text: 'Server busy, try again later' })
  release()
  expect(await first).toMatchObject({ status: 200 })
  expect(await askSession(session, { method: 'POST', path: '/', body: 'abc' })).toMatchObject({ status: 200 })
})

test('bytes in flight are bounded and given back', async () => {
  const { route, arrived, release } = held()
  const { port, metrics } = await limited({ maxBytesInFlight: 1000 }, { 'POST /held': route, 'POST /': small })
  const session = openSession(port)
  const first = askSession(session, { method: 'POST', path: '/held', body: new Uint8Array(600) })
  await arrived
  expect(metrics.format()).toContain('sotto_http_body_bytes_in_flight 600\n')
  expect(await askSession(session, { method: 'POST', path: '/', body: new Uint8Array(500) })).toMatchObject({
    status: 503,
  })
  expect(await askSession(session, { method: 'POST', path: '/', body: new Uint8Array(300) })).toMatchObject({
    status: 200,
  })
  release()
  await first
  expect(await askSession(session, { method: 'POST', path: '/', body: new Uint8Array(900) })).toMatchObject({
    status: 200,
  })
})

test('connections of one client are bounded', async () => {
  const { port, metrics } = await limited({ maxConnectionsPerClient: 2 })
  const first = await openSocket(port)
  await openSocket(port)
  const third = await openSocket(port, false)
  await third.receive()
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="connections"} 1\n')
  first.socket.destroy()
  await first.receive()
  await expect
    .poll(() => http1(port, { method: 'POST', path: '/', body: 'a' }).catch(() => undefined))
    .toMatchObject({ status: 200 })
})

test('connections in total are bounded', async () => {
  const { port, metrics } = await limited({ maxConnections: 1 })
  await openSocket(port)
  const second = await openSocket(port, false)
  await second.receive()
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="connections"} 1\n')
})

test('a body that does not go on is given up', async () => {
  const { port, metrics } = await limited({ bodyTimeoutMs: 0 })
  const { socket, receive } = await openSocket(port)
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
  const session = openSession(port)
  const stream = session.request({ ':method': 'POST', ':path': '/' })
  stream.write('abc')
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
  expect(headers[':status']).toBe(408)
  expect(await receive()).toMatch(/^HTTP\/1\.1 408 /)
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="slow"} 2\n')
})

test('headers that do not go on are given up', async () => {
  const { port } = await limited({ headersTimeoutMs: 50 })
  const { socket, receive } = await openSocket(port)
  socket.write('POST / HTTP/1.1\r\nHost: ')
  expect(await receive()).toMatch(/^HTTP\/1\.1 408 /)
})

test('a client that does not take its answer is cut off', async () => {
  const large: Route = { maxBodyBytes: 0, handle: () => ({ status: 200, body: new Uint8Array(50_000_000) }) }
  const { port, metrics } = await limited({ replyTimeoutMs: 0 }, { 'GET /large': large, 'POST /': small })
  const { socket, receive } = await openSocket(port, true)
  socket.pause()
  socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => metrics.format(), { timeout: 10_000 }).toContain('sotto_http_connections 0\n')
  socket.resume()
  expect((await receive()).length).toBeLessThan(50_000_000)
})

test('a connection without requests is closed after a while, one with a held request is not', async () => {
  const { route, arrived, release } = held()
  const { port } = await limited({ idleTimeoutMs: 200 }, { 'GET /held': route, 'POST /echo': echo })
  const session = openSession(port)
  const answer = askSession(session, { path: '/held' })
  await arrived
  const idle = openSession(port)
  await once(idle, 'close')
  expect(session.closed).toBe(false)
  release()
  expect(await answer).toMatchObject({ status: 200 })
  await once(session, 'close')
})
