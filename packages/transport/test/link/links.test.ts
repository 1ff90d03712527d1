import { type LinkReply, type LinkTarget, TransportError } from '@sotto/transport'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { selfSigned } from '../self-signed.ts'
import {
  certificate,
  closeAll,
  codeOf,
  deadPort,
  type Handler,
  newLinks,
  startServer,
  startTcp,
  startTls,
  type TestServer,
} from '../servers.ts'

afterEach(closeAll)

const echo: Handler = (request, response, body) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-path': String(request.url) })
  response.end(body)
}
const hold: Handler = () => {}
const body = utf8Encode('a small request')
const ask = { timeoutMs: 10_000 }

/** The same neighbour as an existing peer, which speaks HTTP/1.1. */
function plain(target: LinkTarget): LinkTarget {
  return { ...target, capabilities: [] }
}

const kinds: readonly (readonly [string, (target: LinkTarget) => LinkTarget])[] = [
  ['HTTP/2', target => target],
  ['HTTP/1.1', plain],
]

test.for(kinds)('%s: a request and its reply', async ([, as]) => {
  const { target } = await startServer(echo)
  const reply = await newLinks().request(as(target), '/onion_req/v2', body, ask)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('x-path')).toBe('/onion_req/v2')
  expect(reply.body.constructor).toBe(Uint8Array)
  expect(utf8Decode(reply.body)).toBe('a small request')
})

test.for(kinds)('%s: method, headers and any status go through', async ([, as]) => {
  const { target } = await startServer((request, response) => {
    response.writeHead(421, { 'x-seen': `${request.method} ${String(request.headers['x-asked'])}` }).end()
  })
  const options = { ...ask, method: 'GET', headers: new Map([['x-asked', 'yes']]) } as const
  const reply = await newLinks().request(as(target), '/', new Uint8Array(0), options)
  expect(reply).toMatchObject({ status: 421, body: new Uint8Array(0) })
  expect(reply.headers.get('x-seen')).toBe('GET yes')
})

test('one link for small bodies and one for large ones', async () => {
  const { target, sessions } = await startServer(echo)
  const links = newLinks()
  const large = new Uint8Array(65_537).fill(7)
  const all = [body, large, body, large, new Uint8Array(65_536)].map(async each =>
    links.request(target, '/', each, ask),
  )
  await Promise.all(all)
  await links.request(target, '/', body, { ...ask, large: true })
  expect(sessions).toHaveLength(2)
  expect(links.counts()).toEqual({ links: 2, pending: 0 })
})

test.for(kinds)('%s: ten million bytes there and back', async ([, as]) => {
  const { target } = await startServer(echo)
  const large = Uint8Array.from({ length: 10_000_000 }, (_, at) => at * 31)
  const reply = await newLinks().request(as(target), '/', large, { timeoutMs: 30_000 })
  expect(Buffer.compare(reply.body, large)).toBe(0)
})

test('a thousand requests are held over one link and all are answered', async () => {
  const held: (() => void)[] = []
  const { target, sessions } = await startServer((_request, response, incoming) =>
    held.push(() => response.end(incoming)),
  )
  const links = newLinks()
  const replies = Array.from({ length: 1000 }, async (_, at) => links.request(target, '/', utf8Encode(String(at)), ask))
  await vi.waitFor(() => expect(held).toHaveLength(1000))
  expect(links.counts()).toEqual({ links: 1, pending: 1000 })
  for (const answer of held.toReversed()) answer()
  const bodies = (await Promise.all(replies)).map(reply => utf8Decode(reply.body))
  expect(bodies).toEqual(Array.from({ length: 1000 }, (_, at) => String(at)))
  expect(sessions).toHaveLength(1)
})

test.for(kinds)('%s: more than may wait is refused at once', async ([, as]) => {
  const { target } = await startServer(hold)
  const links = newLinks({ limits: { maxPending: 3 } })
  const waiting = Array.from({ length: 3 }, async () => codeOf(links.request(as(target), '/', body, ask)))
  expect(await codeOf(links.request(as(target), '/', body, ask))).toBe('transport.busy')
  links.stop()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 3 }, () => 'transport.stopped'))
  expect(await codeOf(links.request(as(target), '/', body, ask))).toBe('transport.stopped')
})

test.for(kinds)('%s: more bytes than may be held are refused', async ([, as]) => {
  const { target } = await startServer(hold)
  const links = newLinks({ limits: { maxBufferedBytes: 1000 } })
  expect(await codeOf(links.request(as(target), '/', new Uint8Array(1001), ask))).toBe('transport.busy')
  const { target: generous } = await startServer((_request, response) => response.end(new Uint8Array(2000)))
  expect(await codeOf(links.request(as(generous), '/', body, ask))).toBe('transport.busy')
})

test('when a session dies, all that wait on it fail at once, and the next request has a new one', async () => {
  let answering = false
  const peer: TestServer = await startServer((_request, response) => {
    if (answering) response.end('back')
    else if (++arrived === 500) for (const socket of peer.sockets) socket.destroy()
  })
  let arrived = 0
  const links = newLinks({ limits: { backoffMs: 0 } })
  const waiting = Array.from({ length: 500 }, async () => codeOf(links.request(peer.target, '/', body, ask)))
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['transport.closed']))
  answering = true
  const reply = await links.request(peer.target, '/', body, ask)
  expect(utf8Decode(reply.body)).toBe('back')
  expect(peer.sessions).toHaveLength(2)
})

test('a session that is to end takes nothing new, and what it has is answered', async () => {
  const answers: (() => void)[] = []
  const peer = await startServer((_request, response) => answers.push(() => response.end('kept')))
  const links = newLinks()
  const first = links.request(peer.target, '/', body, ask)
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  const retired = peer.sessions[0]
  retired?.goaway()
  await vi.waitFor(async () => {
    // One that crosses the other side's farewell may fail.
    void codeOf(links.request(peer.target, '/', body, ask))
    expect(peer.sessions).toHaveLength(2)
  })
  await vi.waitFor(() => {
    for (const answer of answers.splice(0)) answer()
    expect(links.counts().pending).toBe(0)
  })
  expect(utf8Decode((await first).body)).toBe('kept')
})

test.for(kinds)('%s: a reply that is cut short is no reply', async ([, as]) => {
  const { target } = await startServer((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half of', () => response.destroy())
  })
  expect(await codeOf(newLinks().request(as(target), '/', body, ask))).toBe('transport.closed')
})

/** One HTTP/2 frame. */
function frame(type: number, flags: number, stream: number, payload: readonly number[]): Uint8Array {
  return Uint8Array.of(0, 0, payload.length, type, flags, 0, 0, 0, stream, ...payload)
}

test('a stream that is reset in the middle of a reply is no reply', async () => {
  for (const code of [0, 2, 7, 8]) {
    const target = await startTls(['h2'], socket => {
      socket.once('data', () => {
        const reset = frame(3, 0, 1, [0, 0, 0, code])
        // Settings, status 200 with its end of headers, one byte of the body.
        const started = [frame(4, 0, 0, []), frame(1, 4, 1, [0x88]), frame(0, 0, 1, [0x78])]
        socket.write(Buffer.concat([...started, reset]))
      })
    })
    expect(await codeOf(newLinks().request(target, '/', body, ask))).toBe('transport.closed')
  }
})

test.for(kinds)('%s: a longer reply than wanted is refused', async ([, as]) => {
  const { target } = await startServer((_request, response) => response.end(new Uint8Array(1001)))
  const links = newLinks()
  const get = async (maxReplyBytes: number): Promise<LinkReply> =>
    links.request(as(target), '/', body, { ...ask, maxReplyBytes })
  expect(await codeOf(get(1000))).toBe('transport.too-large')
  expect((await get(1001)).body).toHaveLength(1001)
})

test.for(kinds)('%s: a peer that never answers, or only a byte now and then', async ([, as]) => {
  const { target } = await startServer((request, response) => {
    if (request.url === '/fast') return void response.end('fast')
    if (request.url === '/never') return
    const drip = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(drip))
  })
  const links = newLinks()
  for (const path of ['/never', '/drip']) {
    expect(await codeOf(links.request(as(target), path, body, { timeoutMs: 100 }))).toBe('transport.timeout')
  }
  expect(utf8Decode((await links.request(as(target), '/fast', body, ask)).body)).toBe('fast')
})

test.for(kinds)('%s: a signal ends a request and nothing else, and the peer learns of it', async ([, as]) => {
  let given = 0
  const { target } = await startServer((request, response) => {
    if (request.url === '/other') return void response.end('other')
    response.on('close', () => given++)
    control.abort(new Error('changed my mind'))
  })
  const control = new AbortController()
  const links = newLinks()
  const waiting = links.request(as(target), '/', body, { ...ask, signal: control.signal })
  const other = links.request(as(target), '/other', body, ask)
  await expect(waiting).rejects.toThrow('changed my mind')
  expect(utf8Decode((await other).body)).toBe('other')
  await vi.waitFor(() => expect(given).toBe(1))
  await expect(links.request(as(target), '/', body, { ...ask, signal: control.signal })).rejects.toThrow('changed')
})

test.for(kinds)('%s: a peer that accepts connections and says nothing', async ([, as]) => {
  const target = as(await startTcp(() => {}))
  const slow = newLinks({ limits: { connectTimeoutMs: 50 } })
  expect(await codeOf(slow.request(target, '/', body, ask))).toBe('transport.timeout')
  expect(await codeOf(newLinks().request(target, '/', body, { timeoutMs: 50 }))).toBe('transport.timeout')
})

test('a peer that vanished is found out by its silence', async () => {
  const target = await startTls(['h2'], () => {})
  const links = newLinks({ limits: { pingMs: 10, deadMs: 50 } })
  const waiting = [body, body, body].map(async each => codeOf(links.request(target, '/', each, ask)))
  expect(await Promise.all(waiting)).toEqual(['transport.closed', 'transport.closed', 'transport.closed'])
})

test('a peer that answers pings is not given up, however long a request is held', async () => {
  let pings = 0
  const peer = await startServer((_request, response) => {
    const look = setInterval(() => {
      if (pings < 10) return
      clearInterval(look)
      response.end('at last')
    }, 5)
  })
  peer.server.on('session', session => session.on('ping', () => pings++))
  const links = newLinks({ limits: { pingMs: 20, deadMs: 100 } })
  expect(utf8Decode((await links.request(peer.target, '/', body, ask)).body)).toBe('at last')
})

test.for(kinds)('%s: a peer that closes its half right after the handshake', async ([, as]) => {
  const target = as(await startTls(['h2', 'http/1.1'], socket => void socket.end()))
  expect(await codeOf(newLinks().request(target, '/', body, ask))).toBe('transport.closed')
})

test.for(kinds)('%s: a peer that speaks nonsense', async ([, as]) => {
  const target = as(await startTls(['h2', 'http/1.1'], socket => void socket.end('nonsense\r\n\r\n'.repeat(99))))
  const code = await codeOf(newLinks().request(target, '/', body, ask))
  expect(['transport.closed', 'transport.bad-protocol']).toContain(code)
  const noTls = as(await startTcp(socket => void socket.end('nonsense\r\n\r\n'.repeat(99))))
  expect(await codeOf(newLinks().request(noTls, '/', body, ask))).toBe('transport.bad-protocol')
})

test.for(kinds)('%s: a pin proves who answers', async ([, as]) => {
  const { target } = await startServer(echo)
  const links = newLinks()
  const pinned = { ...as(target), pin: certificate.pin }
  expect((await links.request(pinned, '/', body, ask)).status).toBe(200)
  for (const pin of [selfSigned().pin, new Uint8Array(0), certificate.pin.subarray(1)]) {
    expect(await codeOf(links.request({ ...pinned, pin }, '/', body, ask))).toBe('transport.wrong-certificate')
  }
})

test('a peer that announces capabilities must multiplex', async () => {
  const links = newLinks()
  const old = await startTls(['http/1.1'], () => {})
  expect(await codeOf(links.request(old, '/', body, ask))).toBe('transport.bad-protocol')
})

test.for(kinds)('%s: a port on which nobody listens', async ([, as]) => {
  const target = as({ ip: '127.0.0.1', port: await deadPort(), capabilities: ['x'] })
  expect(await codeOf(newLinks().request(target, '/', body, ask))).toBe('transport.refused')
})

test('after a failure nothing is tried for a while, unless the node is heard, then again', async () => {
  const target = { ip: '127.0.0.1', port: await deadPort(), capabilities: ['x'] }
  const patient = newLinks({ limits: { backoffMs: 60_000, maxBackoffMs: 60_000 } })
  expect(await codeOf(patient.request(target, '/', body, ask))).toBe('transport.refused')
  const second = patient.request(target, '/', body, ask)
  await expect(second).rejects.toThrow(TransportError)
  expect(await codeOf(second)).toBe('transport.unreachable')
  patient.heard(target)
  expect(await codeOf(patient.request(target, '/', body, ask))).toBe('transport.refused')
  const eager = newLinks({ limits: { backoffMs: 0 } })
  for (let time = 0; time < 3; time++) {
    expect(await codeOf(eager.request(target, '/', body, ask))).toBe('transport.refused')
  }
})

test('links that are not used are closed, those in use are not', async () => {
  const { target, sockets } = await startServer((request, response) => {
    if (request.url !== '/hold') response.end()
  })
  const links = newLinks({ limits: { idleMs: 0, pingMs: 10 } })
  await links.request(target, '/', body, ask)
  const held = codeOf(links.request(target, '/hold', body, { ...ask, large: true }))
  await links.request(plain(target), '/', body, ask)
  await vi.waitFor(() => {
    expect(links.counts()).toEqual({ links: 1, pending: 1 })
    expect([...sockets].filter(({ destroyed }) => !destroyed)).toHaveLength(1)
  })
  links.stop()
  expect(await held).toBe('transport.stopped')
})

test('no more neighbours than may be connected', async () => {
  const [first, second] = await Promise.all([startServer(hold), startServer(echo)])
  const links = newLinks({ limits: { maxTargets: 1 } })
  const held = codeOf(links.request(first.target, '/', body, ask))
  expect(await codeOf(links.request(second.target, '/', body, ask))).toBe('transport.busy')
  links.stop()
  expect(await held).toBe('transport.stopped')
  const other = newLinks({ limits: { maxTargets: 1 } })
  await other.request(second.target, '/', body, ask)
  expect((await other.request(plain(second.target), '/', body, ask)).status).toBe(200)
})

test('an existing peer keeps its connection', async () => {
  const { target, sockets } = await startServer(echo)
  const links = newLinks()
  for (let time = 0; time < 5; time++) await links.request(plain(target), '/', body, ask)
  expect(sockets.size).toBeLessThanOrEqual(2)
})

test('headers beyond any measure are refused', async () => {
  const { target } = await startServer((_request, response) => {
    for (let line = 0; line < 200; line++) response.setHeader(`x-${line}`, 'y'.repeat(200))
    response.end()
  })
  expect(await codeOf(newLinks().request(target, '/', body, ask))).toBe('transport.closed')
  expect(await codeOf(newLinks().request(plain(target), '/', body, ask))).toBe('transport.bad-protocol')
})
