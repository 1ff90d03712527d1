import { once } from 'node:events'
import { expect, test } from 'vitest'
import { LogOutput, textReply, UnhandledErrors, type Route, type ServerRequest } from '@sotto/server'
import { askSession, http1, openSession, openSocket } from '../support/client.ts'
import { echo, startListener } from '../support/test-listener.ts'

/** A route that answers when it is told to. */
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

test('a stop lets requests end, says so to connections, and takes no new ones', async () => {
  const [one, two] = [held(), held()]
  const listener = await startListener({ 'GET /one': one.route, 'GET /two': two.route, 'POST /echo': echo })
  const { port } = listener
  const session = openSession(port)
  const first = askSession(session, { path: '/one' })
  const { socket, receive } = await openSocket(port)
  socket.write('GET /two HTTP/1.1\r\nHost: x\r\n\r\n')
  await Promise.all([one.arrived, two.arrived])
  const idle = await openSocket(port)
  const goaway = once(session, 'goaway')
  const stopped = listener.stop(60_000)
  await goaway
  await expect(http1(port, { path: '/' })).rejects.toThrow(/ECONNREFUSED/)
  one.release()
  two.release()
  expect(await first).toMatchObject({ status: 200, text: 'released' })
  expect(await receive()).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*released$/i)
  expect(await idle.receive()).toBe('')
  await stopped
  expect(listener.port).toBe(0)
})

test('at the deadline the rest is cut and its handlers are told', async () => {
  const lines: string[] = []
  const log = new LogOutput({ level: 'info', format: 'json', clock: { now: () => 0 }, write: line => lines.push(line) })
  const { route, arrived } = held()
  const listener = await startListener({ 'GET /held': route }, { log })
  const session = openSession(listener.port)
  const answer = askSession(session, { path: '/held' }).catch(() => undefined)
  const request = await arrived
  const silent = await openSocket(listener.port, false)
  await listener.stop(50)
  expect(request.signal.aborted).toBe(true)
  await answer
  await silent.receive()
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'listener.stopped', cut: 1 })
})

test('a stop without requests is quick, even with connections that never spoke', async () => {
  const listener = await startListener({ 'POST /echo': echo })
  const silent = await openSocket(listener.port, false)
  const session = openSession(listener.port)
  await askSession(session, { method: 'POST', path: '/echo', body: 'x' })
  await Promise.all([listener.stop(3_600_000), listener.stop()])
  expect(await silent.receive()).toBe('')
  expect(session.destroyed).toBe(true)
})

test.for(['HTTP/1.1', 'HTTP/2'])(
  '%s: a handler hears when its client has gone, and its answer goes nowhere',
  async way => {
    const { route, arrived, release } = held()
    const { port } = await startListener({ 'GET /held': route, 'POST /echo': echo })
    const connection = way === 'HTTP/2' ? openSession(port) : (await openSocket(port)).socket
    if ('request' in connection) connection.request({ ':path': '/held' }).on('error', () => undefined)
    else connection.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\n')
    const { signal } = await arrived
    expect(signal.aborted).toBe(false)
    const aborted = once(signal, 'abort')
    connection.destroy()
    await aborted
    release()
    expect(await http1(port, { method: 'POST', path: '/echo', body: 'x' })).toMatchObject({ status: 200 })
  },
)

test('a signal that is asked for late is aborted already; after an answer it is not', async () => {
  const requests: ServerRequest[] = []
  const route: Route = {
    maxBodyBytes: 0,
    handle: request => {
      requests.push(request)
      return textReply(200, 'ok')
    },
  }
  const { route: heldRoute, arrived } = held()
  const { port } = await startListener({ 'GET /': route, 'GET /held': heldRoute })
  const session = openSession(port)
  await askSession(session, { path: '/' })
  await http1(port, { path: '/' })
  await once(openAndDrop(session), 'close')
  const request = await arrived
  await expect.poll(() => request.signal.aborted).toBe(true)
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([false, false])

  function openAndDrop(owner: typeof session) {
    const stream = owner.request({ ':path': '/held' })
    stream.on('error', () => undefined)
    void arrived.then(() => stream.close(8))
    return stream
  }
})

test.for([
  ['giving up', () => new DOMException('gone', 'AbortError'), 0],
  ['a mistake', () => new TypeError('x'), 1],
] as const)('what a handler throws after its client has gone: %s', async ([, error, count]) => {
  const unhandled = new UnhandledErrors()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const { promise: thrown, resolve: throwing } = Promise.withResolvers<void>()
  const route: Route = {
    maxBodyBytes: 0,
    handle: async ({ signal }) => {
      const aborted = once(signal, 'abort')
      arrive()
      await aborted
      setImmediate(throwing)
      throw error()
    },
  }
  const { port } = await startListener({ 'GET /': route }, { unhandled })
  const session = openSession(port)
  session.request({ ':path': '/' }).on('error', () => undefined)
  await arrived
  session.destroy()
  await thrown
  expect(unhandled.count).toBe(count)
})
