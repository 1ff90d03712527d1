import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { afterEach, expect, test } from 'vitest'
import { openTcp } from '../../src/connect/open-tcp.ts'
import { readExactly } from '../../src/connect/read-exactly.ts'
import { startProxy } from '../socks-proxy.ts'
import { certificate, closeAll, closing, codeOf, deadPort, newLinks, startServer, startTcp } from '../servers.ts'

afterEach(closeAll)

const body = utf8Encode('through a proxy')
const ask = { timeoutMs: 5000 }
const { signal } = new AbortController()

test('links of both kinds lead through a proxy', async () => {
  const { target } = await startServer((_request, response, incoming) => response.end(incoming))
  const proxy = await startProxy()
  const links = newLinks({ proxy })
  for (const capabilities of [['x'], []]) {
    const pinned = { ...target, capabilities, pin: certificate.pin }
    expect(utf8Decode((await links.request(pinned, '/', body, ask)).body)).toBe('through a proxy')
  }
  const where = { kind: 1, address: Uint8Array.of(127, 0, 0, 1), port: target.port, login: undefined }
  expect(proxy.asked).toEqual([where, where])
})

test('with name and password', async () => {
  const { target } = await startServer((_request, response) => response.end())
  const proxy = await startProxy({ login: 'user:right' })
  const right = newLinks({ proxy: { ...proxy, login: { name: 'user', password: 'right' } } })
  expect((await right.request(target, '/', body, ask)).status).toBe(200)
  expect(proxy.asked[0]?.login).toBe('user:right')
  const wrong = newLinks({ proxy: { ...proxy, login: { name: 'user', password: 'wrong' } } })
  expect(await codeOf(wrong.request(target, '/', body, ask))).toBe('transport.proxy-refused')
  expect(await codeOf(newLinks({ proxy }).request(target, '/', body, ask))).toBe('transport.proxy-refused')
  const long = newLinks({ proxy: { ...proxy, login: { name: 'x'.repeat(256), password: '' } } })
  expect(await codeOf(long.request(target, '/', body, ask))).toBe('transport.bad-address')
})

test('names and IPv6 are handed to the proxy as they are', async () => {
  const { target } = await startServer(() => {})
  const proxy = await startProxy({ port: target.port })
  const hosts = ['service.onion', '2001:db8::1:0:5', '::', '::ffff:1.2.3.4', '1::']
  for (const host of hosts) {
    const socket = await openTcp({ host, port: 443 }, proxy, signal)
    closing(() => socket.destroy())
  }
  const hex = proxy.asked.map(({ kind, address }) => [kind, Buffer.from(address).toString('hex')])
  expect(hex).toEqual([
    [3, Buffer.from('service.onion').toString('hex')],
    [4, '20010db8000000000000000100000005'],
    [4, '0'.repeat(32)],
    [4, '00000000000000000000ffff01020304'],
    [4, `0001${'0'.repeat(28)}`],
  ])
  expect(proxy.asked.every(({ port }) => port === 443)).toBe(true)
  expect(await codeOf(openTcp({ host: 'x'.repeat(256), port: 1 }, proxy, signal))).toBe('transport.bad-address')
})

test('a proxy that refuses, is silent, or is none', async () => {
  const { target } = await startServer(() => {})
  for (const reply of [1, 2, 5, 255]) {
    const proxy = await startProxy({ reply })
    expect(await codeOf(newLinks({ proxy }).request(target, '/', body, ask))).toBe('transport.proxy-refused')
  }
  const dead = { host: '127.0.0.1', port: await deadPort() }
  expect(await codeOf(newLinks({ proxy: dead }).request(target, '/', body, ask))).toBe('transport.refused')
  const peers: readonly (readonly [number[], string])[] = [
    [[4, 0], 'transport.proxy-refused'],
    [[5, 2], 'transport.proxy-refused'],
    [[5, 0xff], 'transport.proxy-refused'],
    [[5], 'transport.closed'],
    [[], 'transport.closed'],
    [[5, 0, 5, 0, 0, 9, 0, 0], 'transport.proxy-refused'],
    [[5, 0, 4, 0, 0, 1, 0, 0], 'transport.proxy-refused'],
    [[5, 0, 5, 0, 0, 3, 200, 1], 'transport.closed'],
  ]
  for (const [answer, code] of peers) {
    const proxy = await startTcp(socket => void socket.end(Uint8Array.from(answer)))
    const links = newLinks({ proxy: { host: '127.0.0.1', port: proxy.port } })
    expect(await codeOf(links.request(target, '/', body, ask))).toBe(code)
  }
  const silent = await startTcp(() => {})
  const links = newLinks({ proxy: { host: '127.0.0.1', port: silent.port }, limits: { connectTimeoutMs: 50 } })
  expect(await codeOf(links.request(target, '/', body, ask))).toBe('transport.timeout')
})

test('a proxy that speaks a byte at a time, and what it says next is left for the next reader', async () => {
  const proxy = await startTcp(socket => {
    const bytes = [5, 0, 5, 0, 0, 3, 2, 97, 98, 0, 0, 42]
    const next = (): void => {
      const byte = bytes.shift()
      if (byte !== undefined) socket.write(Uint8Array.of(byte), () => setImmediate(next))
    }
    socket.once('data', next)
  })
  const socket = await openTcp({ host: '192.0.2.1', port: 80 }, { host: '127.0.0.1', port: proxy.port }, signal)
  closing(() => socket.destroy())
  expect(await readExactly(socket, 1, signal)).toEqual(Uint8Array.of(42))
})
