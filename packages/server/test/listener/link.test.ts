import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { LINK_PROTOCOL, type LinkFrame, LinkFrameReader, type LinkMessage, LinkOutbox } from '@sotto/protocol/link'
import { Metrics, type Route, type ServerRequest, textReply } from '@sotto/server'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { http1, http2 } from '../support/client.ts'
import { echo, startListener } from '../support/test-listener.ts'

/** A connection of our own frames, from the side that asks. */
interface Asking {
  readonly socket: TLSSocket
  readonly frames: LinkFrame[]
  send(...messages: readonly LinkMessage[]): void
  /** Status, content type and body of the whole reply to a request. */
  reply(id: number): Promise<{ readonly status: number; readonly type: number; readonly body: Buffer }>
  readonly closed: Promise<unknown>
}

async function ask(port: number): Promise<Asking> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: [LINK_PROTOCOL, 'h2'] })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  await once(socket, 'secureConnect')
  const frames: LinkFrame[] = []
  const reader = new LinkFrameReader()
  const outbox = new LinkOutbox(() => undefined)
  socket.on('data', (chunk: Uint8Array) => reader.push(chunk, frame => frames.push(frame)))
  const send = (...messages: readonly LinkMessage[]): void => {
    for (const message of messages) outbox.push(message)
    for (let lot = outbox.take(65_536); lot !== undefined; lot = outbox.take(65_536)) socket.write(lot)
  }
  const reply = async (id: number) =>
    vi.waitFor(
      () => {
        const own = frames.filter(frame => 'id' in frame && frame.id === id)
        const [begun] = own
        if (begun?.kind !== 'reply') return expect.fail(`no reply, but ${begun?.kind}`)
        const body = Buffer.concat(own.map(frame => ('bytes' in frame ? frame.bytes : new Uint8Array())))
        expect(body.length).toBe(begun.length)
        return { status: begun.status, type: begun.type, body }
      },
      { timeout: 20_000 },
    )
  return { socket, frames, send, reply, closed }
}

function request(id: number, body: Uint8Array | string, path = 2): LinkMessage {
  return { kind: 'request', id, path, body: typeof body === 'string' ? Buffer.from(body) : body }
}

/** A route that answers when it is told to, and remembers what it got. */
function held() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const requests: ServerRequest[] = []
  const route: Route = {
    maxBodyBytes: 1000,
    handle: async each => {
      requests.push(each)
      await released
      return textReply(200, 'released')
    },
  }
  return { route, requests, release }
}

const links = { links: true }

test('HTTP/1.1, HTTP/2 and links share the port and the routes', async () => {
  const { port } = await startListener({ 'POST /onion_req/v2': echo }, links)
  const posted = { method: 'POST', path: '/onion_req/v2', body: 'the same' }
  expect(await http1(port, posted)).toMatchObject({ status: 200, text: 'the same' })
  expect(await http2(port, posted)).toMatchObject({ status: 200, text: 'the same' })
  const asking = await ask(port)
  expect(asking.socket.alpnProtocol).toBe(LINK_PROTOCOL)
  asking.send(request(1, 'the same'))
  expect(await asking.reply(1)).toMatchObject({ status: 200, type: 3, body: Buffer.from('the same') })
})

test('links are offered only where they are wanted', async () => {
  const { port } = await startListener({ 'POST /onion_req/v2': echo })
  expect((await ask(port)).socket.alpnProtocol).toBe('h2')
})

test.for([0, 1, 16_384, 16_385, 10_485_760])('carries a body of %i bytes both ways', async size => {
  const { port } = await startListener({ 'POST /onion_req/v2': echo }, links)
  const body = new Uint8Array(size).map((_, at) => at * 7)
  const asking = await ask(port)
  asking.send(request(1, body))
  const answer = await asking.reply(1)
  expect(Buffer.compare(answer.body, body)).toBe(0)
})

test('a handler gets what it gets by HTTP, in plain types', async () => {
  const seen: ServerRequest[] = []
  const handle = (each: ServerRequest) => {
    seen.push(each)
    return textReply(421, 'elsewhere')
  }
  const { port } = await startListener({ 'POST /storage_rpc/v1': { maxBodyBytes: 10, handle } }, links)
  const asking = await ask(port)
  asking.send(request(9, 'abc', 3))
  expect(await asking.reply(9)).toMatchObject({ status: 421, type: 1, body: Buffer.from('elsewhere') })
  expect(seen[0]).toMatchObject({ method: 'POST', path: '/storage_rpc/v1', query: '' })
  expect(seen[0]?.headers.has('content-length')).toBe(false)
  expect(seen[0]?.body.constructor).toBe(Uint8Array)
  expect(seen[0]?.peer.isLoopback).toBe(true)
})

test('an unknown path, a body that is too large, a handler that fails', async () => {
  const fail: Route = { maxBodyBytes: 10, handle: async () => Promise.reject(new Error('mistake')) }
  const { port } = await startListener({ 'POST /onion_req/v2': fail }, links)
  const asking = await ask(port)
  asking.send(request(1, 'x', 200), request(2, 'x'.repeat(40_000)), request(3, 'x'))
  expect((await asking.reply(1)).status).toBe(404)
  expect(await asking.reply(2)).toMatchObject({ status: 413, body: Buffer.from('Request body too large') })
  expect(await asking.reply(3)).toMatchObject({ status: 500, body: Buffer.from('request failed') })
})

test('many at once are answered in any order', async () => {
  const { route, requests, release } = held()
  const { port } = await startListener({ 'POST /onion_req/v2': route, 'POST /storage_rpc/v1': echo }, links)
  const asking = await ask(port)
  for (let id = 1; id <= 500; id++) asking.send(request(id, 'x'))
  await vi.waitFor(() => expect(requests).toHaveLength(500))
  asking.send(request(501, 'passes', 3))
  expect((await asking.reply(501)).body.toString()).toBe('passes')
  release()
  for (let id = 1; id <= 500; id++) expect((await asking.reply(id)).status).toBe(200)
})

test('more than may be under way on one connection is answered 503', async () => {
  const { route, requests, release } = held()
  const limits = { maxStreams: 3 }
  const { port } = await startListener({ 'POST /onion_req/v2': route }, { ...links, limits })
  const asking = await ask(port)
  for (let id = 1; id <= 5; id++) asking.send(request(id, 'x'))
  for (const id of [4, 5]) {
    expect(await asking.reply(id)).toMatchObject({ status: 503, body: Buffer.from('Server busy, try again later') })
  }
  release()
  expect((await asking.reply(3)).status).toBe(200)
  asking.send(request(6, 'x'))
  expect((await asking.reply(6)).status).toBe(200)
  expect(requests).toHaveLength(4)
})

test('a cancellation tells the handler, and nothing is answered', async () => {
  const { route, requests, release } = held()
  const { port } = await startListener({ 'POST /onion_req/v2': route, 'POST /storage_rpc/v1': echo }, links)
  const asking = await ask(port)
  asking.send(request(1, 'x'), request(2, 'x'))
  await vi.waitFor(() => expect(requests).toHaveLength(2))
  expect(requests[0]?.signal.aborted).toBe(false)
  asking.send({ kind: 'cancel', id: 1 }, { kind: 'cancel', id: 77 })
  await vi.waitFor(() => expect(requests[0]?.signal.aborted).toBe(true))
  release()
  expect((await asking.reply(2)).status).toBe(200)
  expect(asking.frames.filter(frame => 'id' in frame && frame.id === 1)).toEqual([])
})

test('a connection that breaks tells the handlers', async () => {
  const { route, requests } = held()
  const { port } = await startListener({ 'POST /onion_req/v2': route }, links)
  const asking = await ask(port)
  asking.send(request(1, 'x'), request(2, 'x'))
  await vi.waitFor(() => expect(requests).toHaveLength(2))
  asking.socket.destroy()
  await vi.waitFor(() => expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, true]))
})

test('whoever begins and cancels without end is thrown out', async () => {
  const { route } = held()
  const { port } = await startListener({ 'POST /onion_req/v2': route }, { ...links, limits: { maxStreams: 10 } })
  const asking = await ask(port)
  for (let id = 1; id <= 2000; id++) asking.send(request(id, 'x'), { kind: 'cancel', id })
  await asking.closed
  expect(asking.socket.destroyed).toBe(true)
})

test('a ping is answered', async () => {
  const { port } = await startListener({}, links)
  const asking = await ask(port)
  asking.send({ kind: 'ping', id: 5 })
  await vi.waitFor(() => expect(asking.frames).toEqual([{ kind: 'pong', id: 5 }]))
})

test('a body that does not come is answered 408, and a silent connection is closed', async () => {
  const limits = { bodyTimeoutMs: 10, idleTimeoutMs: 2500 }
  const { port } = await startListener({ 'POST /onion_req/v2': echo }, { ...links, limits })
  const asking = await ask(port)
  asking.socket.write(Uint8Array.of(1, 0, 0x40, 5, 0, 0, 0, 1, 2, 0, 0, 0x80, 0))
  asking.socket.write(new Uint8Array(16_384))
  expect((await asking.reply(1)).status).toBe(408)
  await asking.closed
})

test('a stop says so, answers what there is, and closes', async () => {
  const { route, requests, release } = held()
  const listener = await startListener({ 'POST /onion_req/v2': route }, links)
  const [asking, idle] = await Promise.all([ask(listener.port), ask(listener.port)])
  asking.send(request(1, 'x'))
  await vi.waitFor(() => expect(requests).toHaveLength(1))
  const stopped = listener.stop(60_000)
  await idle.closed
  expect(idle.frames).toEqual([{ kind: 'go-away' }])
  await vi.waitFor(() => expect(asking.frames).toEqual([{ kind: 'go-away' }]))
  release()
  expect((await asking.reply(1)).body.toString()).toBe('released')
  await Promise.all([asking.closed, stopped])
})

test('a reader that does not read is not read from either', async () => {
  let handled = 0
  const large = new Uint8Array(300_000)
  const handle = () => {
    handled++
    return { status: 200, body: large }
  }
  const { port } = await startListener({ 'POST /onion_req/v2': { maxBodyBytes: 20_000, handle } }, links)
  const asking = await ask(port)
  asking.socket.pause()
  for (let id = 1; id <= 400; id++) asking.send(request(id, new Uint8Array(16_000)))
  let before = 0
  const settled = () => {
    const [last, now] = [before, handled]
    before = now
    expect(now > 0 && now === last).toBe(true)
  }
  await vi.waitFor(settled, { interval: 200, timeout: 20_000 })
  // 120 MB of answers: the buffers of the system and the bound of the server hold only some of them.
  expect(handled).toBeLessThan(300)
  asking.socket.resume()
  expect((await asking.reply(400)).body.length).toBe(300_000)
  expect(handled).toBe(400)
})

const broken: readonly (readonly [what: string, messages: readonly LinkMessage[] | Uint8Array])[] = [
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['zeros', new Uint8Array(100)],
  ['a reply', [{ kind: 'reply', id: 1, status: 200, type: 0, body: new Uint8Array() }]],
  ['a farewell', [{ kind: 'go-away' }]],
  ['an id twice', [request(1, 'x'), request(1, 'x')]],
  ['more data than was announced', Uint8Array.of(1, 0, 0, 6, 0, 0, 0, 1, 2, 0, 0, 0, 1, 7, 3, 0, 0, 1, 0, 0, 0, 1, 7)],
]

test.for(broken)('a connection is closed for what it may not say: %s', async ([, what]) => {
  const metrics = new Metrics()
  const { route } = held()
  const { port } = await startListener(
    { 'POST /onion_req/v2': route, 'POST /storage_rpc/v1': echo },
    { ...links, metrics },
  )
  const other = await ask(port)
  const asking = await ask(port)
  if (what instanceof Uint8Array) asking.socket.write(what)
  else asking.send(...what)
  await asking.closed
  expect(metrics.format()).toContain('sotto_http_refusals_total{reason="malformed"} 1')
  other.send(request(1, 'lives on', 3))
  expect((await other.reply(1)).body.toString()).toBe('lives on')
})

test('no bytes break the server', async () => {
  const { port } = await startListener({ 'POST /onion_req/v2': echo, 'POST /storage_rpc/v1': echo }, links)
  const begun = fc.tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.constantFrom(0, 64),
    fc.nat({ max: 255 }),
    fc.nat({ max: 3 }),
  )
  const frame = begun.map(([type, high, low, id]) => Uint8Array.of(type, 0, high, low, 0, 0, 0, id))
  const input = fc.array(fc.oneof(frame, fc.uint8Array({ maxLength: 40 })), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(input, async chunks => {
      const asking = await ask(port)
      for (const chunk of chunks) asking.socket.write(chunk)
      asking.socket.end()
      await asking.closed
    }),
    { numRuns: 60 },
  )
  const asking = await ask(port)
  asking.send(request(1, 'still here'))
  expect((await asking.reply(1)).body.toString()).toBe('still here')
})
