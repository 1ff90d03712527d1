import { once } from 'node:events'
import { type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'
import { WebSocket } from 'ws'
import { echo, startGuard } from '../support/fake-guard.ts'
import { openPipe } from '../support/raw-pipe.ts'
import { limitsWith, metricOf, startGateway } from '../support/test-gateway.ts'

/** The status with which a handshake is refused; 101 if it is not. */
async function statusOf(url: string, protocols: readonly string[], options: object = {}): Promise<number> {
  const socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, ...options })
  onTestFinished(() => socket.terminate())
  const refused = once(socket, 'unexpected-response').then(([, reply]) => (reply as IncomingMessage).statusCode ?? 0)
  socket.on('error', () => {})
  return Promise.race([refused, once(socket, 'open').then(() => 101)])
}

const ours = ['sotto-pipe.1']

test('pages of the gateway itself and of the sites that are named may use it, others not', async () => {
  const { gateway, url } = await startGateway([], { origins: ['https://chat.example.org'] })
  const { port } = gateway
  const good = [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
    `http://[::1]:${port}`,
    'https://chat.example.org',
  ]
  for (const origin of good) expect(await statusOf(url, ours, { origin })).toBe(101)
  const bad = [
    'null',
    '',
    `https://localhost:${port}`,
    'http://localhost:1',
    'https://evil.example',
    'https://chat.example.org.evil.example',
  ]
  for (const origin of bad) expect(await statusOf(url, ours, { headers: { origin } })).toBe(403)
  // Browsers always say where a page is from; other programs need not.
  expect(await statusOf(url, ours)).toBe(101)
  expect(await metricOf(gateway, 'sotto_gateway_refusals_total{reason="origin"}')).toBe(bad.length)
})

test('the protocol has to be offered by its name', async () => {
  const { url } = await startGateway([])
  expect(await statusOf(url, [])).toBe(400)
  expect(await statusOf(url, ['sotto-pipe.2', 'chat'])).toBe(400)
  expect(await statusOf(url, ['sotto-pipe.2', 'sotto-pipe.1'])).toBe(101)
  const pipe = await openPipe(url, { protocols: ['sotto-pipe.2', 'sotto-pipe.1'] })
  expect(pipe.socket.protocol).toBe('sotto-pipe.1')
})

test('nothing is compressed, even if the client could', async () => {
  const { url } = await startGateway([])
  const socket = new WebSocket(url, ours, { perMessageDeflate: true })
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  expect(socket.extensions).toBe('')
})

test('there is one path, and it takes no ordinary requests', async () => {
  const { gateway, url } = await startGateway([])
  expect(await statusOf(url.replace('/pipe', '/pipes'), ours)).toBe(404)
  expect((await fetch(`http://127.0.0.1:${gateway.port}/pipe`)).status).toBe(404)
})

test('what is no handshake of a WebSocket is refused', async () => {
  const { gateway } = await startGateway([])
  const socket = connect({ host: '127.0.0.1', port: gateway.port })
  onTestFinished(() => void socket.destroy())
  const lines = [
    'GET /pipe HTTP/1.1',
    'host: x',
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-protocol: sotto-pipe.1',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [reply] = (await once(socket, 'data')) as [Buffer]
  expect(reply.toString('latin1')).toMatch(/^HTTP\/1\.1 400 /)
  await once(socket.resume(), 'close')
  expect(await metricOf(gateway, 'sotto_gateway_pipes')).toBe(0)
})

test('over TLS as well', async () => {
  const guard = await startGuard(echo)
  const tls = createCertificate(systemClock.now(), systemRandom)
  const { gateway } = await startGateway([guard.draft], { listen: { host: '127.0.0.1', port: 0, tls } })
  const url = `wss://127.0.0.1:${gateway.port}/pipe`
  const options = { rejectUnauthorized: false }
  expect(await statusOf(url, ours, { ...options, origin: `https://localhost:${gateway.port}` })).toBe(101)
  expect(await statusOf(url, ours, { ...options, origin: `http://localhost:${gateway.port}` })).toBe(403)
})

test('one address has so many pipes and not more; another one has its own', async () => {
  const limits = limitsWith({ clients: { maxPipes: 3 } })
  const { gateway, url } = await startGateway([], { limits })
  const first = await Promise.all([1, 2, 3].map(async () => openPipe(url, { from: '127.20.0.1' })))
  expect(await statusOf(url, ours, { localAddress: '127.20.0.1' })).toBe(503)
  expect(await statusOf(url, ours, { localAddress: '127.20.0.2' })).toBe(101)
  first[0]?.socket.close()
  await first[0]?.closed()
  expect(await statusOf(url, ours, { localAddress: '127.20.0.1' })).toBe(101)
  expect(await metricOf(gateway, 'sotto_gateway_refusals_total{reason="too-many"}')).toBe(1)
})

test('there are so many pipes in all', async () => {
  const { url } = await startGateway([], { limits: limitsWith({ sockets: { maxPipes: 2 } }) })
  await openPipe(url, { from: '127.20.1.1' })
  await openPipe(url, { from: '127.20.1.2' })
  expect(await statusOf(url, ours, { localAddress: '127.20.1.3' })).toBe(503)
})
