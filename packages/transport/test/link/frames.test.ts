import { LINK_CAPABILITY, LINK_PROTOCOL, type LinkMessage } from '@sotto/protocol/link'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { closeAll, codeOf, newLinks, startServer, startTls } from '../servers.ts'
import { type FrameAsk, type FrameConnection, startFramePeer } from './frame-peer.ts'

afterEach(closeAll)

const path = '/onion_req/v2'
const body = utf8Encode('a small request')
const ask = { timeoutMs: 10_000 }

function reply(id: number, bytes: Uint8Array, status = 200): LinkMessage {
  return { kind: 'reply', id, status, type: 2, body: bytes }
}
const echo = ({ id, body: bytes }: FrameAsk, { send }: FrameConnection): void => send(reply(id, bytes))
const hold = (): void => {}
const kindsOf = ({ frames }: FrameConnection): readonly string[] => frames.map(({ kind }) => kind)

test('a request and its reply', async () => {
  const { target, connections } = await startFramePeer(echo)
  const answered = await newLinks().request(target, path, body, ask)
  expect(answered.status).toBe(200)
  expect([...answered.headers]).toEqual([['content-type', 'application/json']])
  expect(answered.body.constructor).toBe(Uint8Array)
  expect(utf8Decode(answered.body)).toBe('a small request')
  expect(connections[0]?.frames).toMatchObject([{ kind: 'request', path: 2, length: body.length }])
})

test.for([0, 1, 16_384, 16_385, 65_536, 10_000_000])('%i bytes there and back', async size => {
  const { target } = await startFramePeer(echo)
  const large = Uint8Array.from({ length: size }, (_, at) => at * 31)
  const answered = await newLinks().request(target, path, large, { timeoutMs: 30_000 })
  expect(Buffer.compare(answered.body, large)).toBe(0)
})

test('one link for small bodies and one for large ones', async () => {
  const { target, connections } = await startFramePeer(echo)
  const links = newLinks()
  const large = new Uint8Array(65_537).fill(7)
  await Promise.all([body, large, body, large].map(async each => links.request(target, path, each, ask)))
  await links.request(target, path, body, { ...ask, large: true })
  expect(connections).toHaveLength(2)
  expect(links.counts()).toEqual({ links: 2, pending: 0 })
})

test('a thousand requests are held over one link and all are answered', async () => {
  const held: (() => void)[] = []
  const { target, connections } = await startFramePeer((asked, connection) => held.push(() => echo(asked, connection)))
  const links = newLinks()
  const replies = Array.from({ length: 1000 }, async (_, at) => links.request(target, path, utf8Encode(`${at}`), ask))
  await vi.waitFor(() => expect(held).toHaveLength(1000))
  expect(links.counts()).toEqual({ links: 1, pending: 1000 })
  for (const answer of held.toReversed()) answer()
  const bodies = (await Promise.all(replies)).map(each => utf8Decode(each.body))
  expect(bodies).toEqual(Array.from({ length: 1000 }, (_, at) => String(at)))
  expect(connections).toHaveLength(1)
})

test('more than may wait, and more bytes than may be held, are refused at once', async () => {
  const { target } = await startFramePeer(hold)
  const few = newLinks({ limits: { maxPending: 3 } })
  const waiting = Array.from({ length: 3 }, async () => codeOf(few.request(target, path, body, ask)))
  expect(await codeOf(few.request(target, path, body, ask))).toBe('transport.busy')
  few.stop()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 3 }, () => 'transport.stopped'))
  const small = newLinks({ limits: { maxBufferedBytes: 1000 } })
  expect(await codeOf(small.request(target, path, new Uint8Array(1001), ask))).toBe('transport.busy')
})

test('a peer that does not read holds no more than the bound, and what waits for it times out', async () => {
  const { target, connections } = await startFramePeer(hold)
  const links = newLinks({ limits: { maxBufferedBytes: 40_000_000, largeBytes: 10_000_000 } })
  await codeOf(links.request(target, path, body, { timeoutMs: 50 }))
  connections[0]?.socket.pause()
  const large = new Uint8Array(9_000_000)
  const codes = Array.from({ length: 8 }, async () => codeOf(links.request(target, path, large, { timeoutMs: 200 })))
  const ended = await Promise.all(codes)
  expect(ended.filter(code => code === 'transport.busy')).toHaveLength(4)
  expect(ended.filter(code => code === 'transport.timeout')).toHaveLength(4)
})

test('when the connection dies, all that wait on it fail at once, and the next request has a new one', async () => {
  let answering = false
  let arrived = 0
  const peer = await startFramePeer((asked, connection) => {
    if (answering) echo(asked, connection)
    else if (++arrived === 500) connection.socket.destroy()
  })
  const links = newLinks({ limits: { backoffMs: 0 } })
  const waiting = Array.from({ length: 500 }, async () => codeOf(links.request(peer.target, path, body, ask)))
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['transport.closed']))
  answering = true
  expect(utf8Decode((await links.request(peer.target, path, body, ask)).body)).toBe('a small request')
  expect(peer.connections).toHaveLength(2)
})

test('a peer that goes away is asked nothing new, and what it has is answered', async () => {
  const asks: FrameAsk[] = []
  const peer = await startFramePeer(asked => asks.push(asked))
  const links = newLinks()
  const first = links.request(peer.target, path, body, ask)
  await vi.waitFor(() => expect(asks).toHaveLength(1))
  const [retired] = peer.connections
  retired?.send({ kind: 'go-away' })
  await vi.waitFor(() => {
    // One that crosses the farewell still goes the old way.
    void codeOf(links.request(peer.target, path, body, ask))
    expect(peer.connections).toHaveLength(2)
  })
  retired?.send(reply(asks[0]?.id ?? 0, utf8Encode('kept')))
  expect(utf8Decode((await first).body)).toBe('kept')
})

test('a signal and a deadline end one request and nothing else, and the peer learns of it', async () => {
  const { target, connections } = await startFramePeer((asked, connection) => {
    if (asked.path === 2) control.abort(new Error('changed my mind'))
    else echo(asked, connection)
  })
  const control = new AbortController()
  const links = newLinks()
  const waiting = links.request(target, path, body, { ...ask, signal: control.signal })
  const other = links.request(target, '/storage_rpc/v1', body, ask)
  await expect(waiting).rejects.toThrow('changed my mind')
  expect((await other).status).toBe(200)
  const [connection] = connections
  await vi.waitFor(() => expect(connection?.frames.at(-1)).toEqual({ kind: 'cancel', id: 1 }))
  // An answer that crossed the cancellation is of no interest.
  connection?.send(reply(1, new Uint8Array(40_000)))
  expect(await codeOf(links.request(target, path, body, { timeoutMs: 50 }))).toBe('transport.timeout')
  await vi.waitFor(() => expect(connection?.frames.at(-1)).toEqual({ kind: 'cancel', id: 3 }))
  expect((await links.request(target, '/storage_rpc/v1', body, ask)).status).toBe(200)
})

test('one signal of many requests ends them all', async () => {
  const { target } = await startFramePeer(hold)
  const control = new AbortController()
  const links = newLinks()
  const waiting = Array.from({ length: 100 }, async () =>
    codeOf(links.request(target, path, body, { ...ask, signal: control.signal })),
  )
  control.abort('over')
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['over']))
  expect(links.counts().pending).toBe(0)
})

test('a longer reply than wanted is refused as soon as it says so, and cancelled', async () => {
  const { target, connections } = await startFramePeer(({ id }, { send }) => send(reply(id, new Uint8Array(1001))))
  const links = newLinks()
  const get = async (maxReplyBytes: number) => links.request(target, path, body, { ...ask, maxReplyBytes })
  expect(await codeOf(get(1000))).toBe('transport.too-large')
  expect((await get(1001)).body).toHaveLength(1001)
  await vi.waitFor(() => expect(connections.flatMap(kindsOf)).toContain('cancel'))
})

test('an answer before all of the request is sent ends the sending', async () => {
  const peer = await startFramePeer(hold)
  const links = newLinks({ limits: { largeBytes: 10_000_000 } })
  const wanted = links.request(peer.target, path, new Uint8Array(10_000_000), ask)
  await vi.waitFor(() => expect(peer.connections[0]?.frames.length).toBeGreaterThan(0))
  peer.connections[0]?.socket.pause()
  peer.connections[0]?.send(reply(1, utf8Encode('too large'), 413))
  expect(await wanted).toMatchObject({ status: 413 })
  peer.connections[0]?.socket.resume()
  // Nothing is left behind that would be in the way.
  await codeOf(links.request(peer.target, path, body, { timeoutMs: 100 }))
  expect(links.counts().pending).toBe(0)
})

test('a reply that is cancelled or cut short is no reply', async () => {
  const begun = Uint8Array.of(2, 0, 0x40, 7, 0, 0, 0, 1, 0, 200, 1, 0, 0, 0x80, 0)
  const { target } = await startFramePeer(({ path: asked }, { send, socket }) => {
    if (asked === 3) return send({ kind: 'cancel', id: 1 })
    socket.write(begun)
    socket.end(new Uint8Array(16_384))
  })
  expect(await codeOf(newLinks().request(target, '/storage_rpc/v1', body, ask))).toBe('transport.closed')
  expect(await codeOf(newLinks().request(target, path, body, ask))).toBe('transport.closed')
})

const nonsense: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ['text', utf8Encode('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a request', Uint8Array.of(1, 0, 0, 5, 0, 0, 0, 1, 1, 0, 0, 0, 0)],
  ['data before its reply', Uint8Array.of(3, 0, 0, 1, 0, 0, 0, 1, 9)],
  ['a frame without measure', Uint8Array.of(2, 255, 255, 255, 0, 0, 0, 1)],
  ['a reply that was begun', Uint8Array.of(2, 0, 0x40, 7, 0, 0, 0, 1, 0, 200, 1, 0, 0, 0x80, 0)],
]

test.for(nonsense)('a peer that says what it may not: %s', async ([what, bytes]) => {
  const { target } = await startFramePeer((_asked, { socket }) => {
    if (what !== 'a reply that was begun') return void socket.write(bytes)
    const begun = Buffer.concat([bytes, new Uint8Array(16_384)])
    socket.write(Buffer.concat([begun, begun]))
  })
  expect(await codeOf(newLinks().request(target, path, body, ask))).toBe('transport.closed')
})

test('more data than was announced ends the connection', async () => {
  const { target } = await startFramePeer((_asked, { socket }) => {
    const begun = Uint8Array.of(2, 0, 0x40, 7, 0, 0, 0, 1, 0, 200, 1, 0, 0, 0x40, 1)
    const data = Uint8Array.of(3, 0, 0, 2, 0, 0, 0, 1, 7, 7)
    socket.write(Buffer.concat([begun, new Uint8Array(16_384), data]))
  })
  expect(await codeOf(newLinks().request(target, path, body, ask))).toBe('transport.closed')
})

test('a peer that vanished is found out by its silence, one that answers pings is waited for', async () => {
  const silent = { ...(await startTls([LINK_PROTOCOL], () => {})), capabilities: [LINK_CAPABILITY] }
  const limits = { pingMs: 10, deadMs: 50 }
  const waiting = [1, 2, 3].map(async () => codeOf(newLinks({ limits }).request(silent, path, body, ask)))
  expect(await Promise.all(waiting)).toEqual(['transport.closed', 'transport.closed', 'transport.closed'])
  const patient = await startFramePeer((asked, connection) => {
    const look = setInterval(() => {
      if (kindsOf(connection).filter(kind => kind === 'ping').length < 10) return
      clearInterval(look)
      echo(asked, connection)
    }, 5)
  })
  expect((await newLinks({ limits }).request(patient.target, path, body, ask)).status).toBe(200)
})

test('a peer may ping too, but not without measure', async () => {
  const { target, connections } = await startFramePeer((asked, connection) => {
    connection.send({ kind: 'ping', id: 77 })
    echo(asked, connection)
  })
  await newLinks().request(target, path, body, ask)
  await vi.waitFor(() => expect(connections[0]?.frames.at(-1)).toEqual({ kind: 'pong', id: 77 }))
})

test('a peer that announces links and does not offer them is spoken to by HTTP/2', async () => {
  const { target, sessions } = await startServer((_request, response) => response.end('by HTTP/2'))
  const announced = { ...target, capabilities: [LINK_CAPABILITY] }
  const answered = await newLinks().request(announced, path, body, ask)
  expect([utf8Decode(answered.body), sessions.length]).toEqual(['by HTTP/2', 1])
})

test('links are offered to none who does not announce them', async () => {
  const { target } = await startFramePeer(echo)
  const other = { ...target, capabilities: ['held_retrieve.1'] }
  expect(await codeOf(newLinks().request(other, path, body, ask))).toBe('transport.bad-protocol')
  const old = { ...(await startTls(['http/1.1'], () => {})), capabilities: [LINK_CAPABILITY] }
  expect(await codeOf(newLinks().request(old, path, body, ask))).toBe('transport.bad-protocol')
})

test('what frames cannot say goes by HTTP/2', async () => {
  const { target, sessions } = await startServer((request, response) =>
    response.end(`${request.method} ${request.url} ${String(request.headers['x-asked'])}`),
  )
  const peer = { ...target, capabilities: [LINK_CAPABILITY] }
  const links = newLinks()
  const headers = new Map([['x-asked', 'yes']])
  const replies = await Promise.all([
    links.request(peer, path, body, { ...ask, headers }),
    links.request(peer, '/elsewhere', body, ask),
    links.request(peer, path, new Uint8Array(), { ...ask, method: 'GET' }),
  ])
  expect(replies.map(each => utf8Decode(each.body))).toEqual([
    `POST ${path} yes`,
    'POST /elsewhere undefined',
    `GET ${path} undefined`,
  ])
  expect(sessions).toHaveLength(1)
})
