import { utf8Encode } from '@sotto/protocol/encoding'
import { V4_TARGET } from '@sotto/protocol/onion'
import { type LinkReply, type ServerRequest, TransportError, type TransportErrorCode } from '@sotto/transport'
import { expect, test } from 'vitest'
import { defaultOnionLimits } from '../../src/onion/onion-limits.ts'
import { ServerProxy } from '../../src/onion/server-proxy.ts'

const address = { host: 'example.org', port: 443, protocol: 'https', target: V4_TARGET } as const
const body = utf8Encode('frame')

function proxyOver(request: (request: ServerRequest) => Promise<LinkReply>, limits = {}): ServerProxy {
  return new ServerProxy({
    request,
    limits: { ...defaultOnionLimits, ...limits },
    userAgent: 'test/1',
    signal: new AbortController().signal,
  })
}

function answering(status: number, headers: readonly [string, string][] = []): ServerProxy {
  return proxyOver(async () => ({ status, headers: new Map(headers), body }))
}

test('posts the frame and gives status, content type and body', async () => {
  const asked: ServerRequest[] = []
  const proxy = proxyOver(async request => {
    asked.push(request)
    return {
      status: 201,
      headers: new Map([
        ['content-type', 'text/x'],
        ['set-cookie', 'a'],
      ]),
      body,
    }
  })
  expect(await proxy.post(address, body)).toEqual({ status: 201, body, contentType: 'text/x' })
  expect(asked).toMatchObject([{ ...address, body, timeoutMs: 25_000 }])
  expect(Object.fromEntries(asked[0]?.headers ?? [])).toEqual({
    'content-type': 'application/octet-stream',
    'user-agent': 'test/1',
  })
})

test.for([301, 302, 307])('does not follow a redirect: %i', async status => {
  expect(await answering(status, [['location', 'http://10.0.0.1/']]).post(address, body)).toEqual({
    status: 502,
    body: 'Maximum (0) redirects followed',
  })
})

test.for([
  ['transport.timeout', { status: 504, body: 'Operation timed out after 25000 milliseconds with 0 bytes received' }],
  ['transport.too-large', { status: 504, body: 'Request time out' }],
  ['transport.refused', { status: 502, body: new TransportError('transport.refused').sentence }],
  ['transport.no-such-host', { status: 502, body: new TransportError('transport.no-such-host').sentence }],
  ['transport.wrong-certificate', { status: 502, body: new TransportError('transport.wrong-certificate').sentence }],
  ['transport.forbidden-address', 'forbidden'],
  ['transport.forbidden-port', 'forbidden'],
  ['transport.bad-address', 'forbidden'],
] as const)('%s', async ([code, reply]: readonly [TransportErrorCode, unknown]) => {
  const proxy = proxyOver(async () => {
    throw new TransportError(code)
  })
  expect(await proxy.post(address, body)).toEqual(reply)
})

test('mistakes of ours are not hidden', async () => {
  const proxy = proxyOver(async () => {
    throw new RangeError('a mistake')
  })
  await expect(proxy.post(address, body)).rejects.toThrow(RangeError)
})

test('one server cannot take all places', async () => {
  const waiting: (() => void)[] = []
  const proxy = proxyOver(
    () => new Promise(resolve => waiting.push(() => resolve({ status: 200, headers: new Map(), body }))),
    { maxPendingPerServer: 1, maxProxied: 2 },
  )
  const busy = { status: 502, body: new TransportError('transport.busy').sentence }
  const first = proxy.post(address, body)
  expect(await proxy.post(address, body)).toEqual(busy)
  const second = proxy.post({ ...address, port: 80 }, body)
  expect(await proxy.post({ ...address, host: 'example.com' }, body)).toEqual(busy)
  for (const finish of waiting) finish()
  expect(await Promise.all([first, second])).toMatchObject([{ status: 200 }, { status: 200 }])
})
