import { SottoError } from '@sotto/protocol/error'
import { describe, expect, test } from 'vitest'
import {
  DatabaseError,
  errorStatuses,
  Listener,
  LogOutput,
  Metrics,
  textReply,
  UnhandledErrors,
  type ServerRequest,
} from '@sotto/server'
import { askSession, http1, http2, openSession, openSocket, plainHttp1, type Client } from '../support/client.ts'
import { echo, startListener } from '../support/test-listener.ts'

const ways: readonly (readonly [string, Client, boolean])[] = [
  ['HTTP/1.1', http1, false],
  ['HTTP/2', http2, false],
  ['plain HTTP', plainHttp1, true],
]

describe.each(ways)('%s', (_name, ask, plain) => {
  test.for([0, 1, 2048, 100_000, 10_485_760])('carries a body of %i bytes both ways', async size => {
    const { port } = await startListener({ 'POST /echo': echo }, { plain })
    const body = new Uint8Array(size).map((_, at) => at * 7)
    const answer = await ask(port, { method: 'POST', path: '/echo', body })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-length']).toBe(String(size))
    expect(Buffer.compare(answer.body, body)).toBe(0)
  })

  test('a handler gets method, path, query, headers and body apart, in plain types', async () => {
    const seen: ServerRequest[] = []
    const handle = (request: ServerRequest) => {
      seen.push(request)
      return textReply(200, 'ok')
    }
    const { port } = await startListener({ 'PUT /a%20b': { maxBodyBytes: 10, handle } }, { plain })
    await ask(port, { method: 'PUT', path: '/a%20b?x=1?y', headers: { 'X-Name': 'value', 'x-empty': '' }, body: 'abc' })
    const [request] = seen
    expect(request).toMatchObject({ method: 'PUT', path: '/a%20b', query: 'x=1?y' })
    expect(request?.headers.get('x-name')).toBe('value')
    expect(request?.headers.get('x-empty')).toBe('')
    expect(request?.headers.has('constructor')).toBe(false)
    expect(request?.headers.get(':path')).toBe(undefined)
    expect(new Map(request?.headers.entries()).get('x-name')).toBe('value')
    expect(request?.body.constructor).toBe(Uint8Array)
    expect(request?.body).toEqual(new TextEncoder().encode('abc'))
    expect(request?.peer.isLoopback).toBe(true)
    expect(JSON.stringify({ peer: request?.peer })).toBe('{"peer":"[address]"}')
  })

  test.for([
    ['another path', 'GET', '/other', 'get /other Not Found'],
    ['another method', 'DELETE', '/echo?q', 'delete /echo Not Found'],
  ])('%s is not found', async ([, method = '', path = '', text]) => {
    const { port } = await startListener({ 'POST /echo': echo }, { plain })
    const answer = await ask(port, { method, path })
    expect(answer).toMatchObject({ status: 404, text })
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', server: 'Sotto' })
  })

  test('the text of the Server header can be chosen', async () => {
    const { port } = await startListener({ 'POST /echo': echo }, { plain, server: 'Oxen Storage Server/2.8.0' })
    expect((await ask(port, { path: '/' })).headers['server']).toBe('Oxen Storage Server/2.8.0')
  })

  test('a fallback takes what no route is for', async () => {
    const fallback = { maxBodyBytes: 3, handle: ({ path }: ServerRequest) => textReply(200, path) }
    const { port } = await startListener({}, { plain, fallback })
    expect(await ask(port, { path: '/some/where' })).toMatchObject({ status: 200, text: '/some/where' })
  })

  test('an error with a status is answered with its sentence', async () => {
    const errorReply = errorStatuses(new Map([['database.full', 507]]))
    const fail = async () => {
      throw new DatabaseError('database.full')
    }
    const unhandled = new UnhandledErrors()
    const { port } = await startListener(
      { 'GET /': { maxBodyBytes: 0, handle: fail } },
      { plain, errorReply, unhandled },
    )
    const answer = await ask(port, { path: '/' })
    expect(answer).toMatchObject({ status: 507, text: new DatabaseError('database.full').sentence })
    expect(unhandled.count).toBe(0)
  })

  test.for([
    [
      'throws',
      () => {
        throw new TypeError('secret 10.0.0.1')
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('secret 10.0.0.1'))],
    [
      'throws an error of ours that has no status',
      () => {
        throw new DatabaseError('database.io')
      },
    ],
    [
      'throws no error',
      () => {
        throw undefined as unknown as Error
      },
    ],
    ['answers with a header that cannot be sent', () => ({ status: 200, headers: { 'x-a': 'b\r\nc: d' }, body: '' })],
  ] as const)('a handler that %s is a counted 500 and no more', async ([, handle]) => {
    const lines: string[] = []
    const log = new LogOutput({
      level: 'trace',
      format: 'json',
      clock: { now: () => 0 },
      write: line => lines.push(line),
    })
    const metrics = new Metrics()
    const route = { maxBodyBytes: 0, handle: handle as () => never }
    const { port } = await startListener({ 'GET /': route, 'POST /echo': echo }, { plain, log, metrics })
    expect(await ask(port, { path: '/' })).toMatchObject({ status: 500, text: 'request failed' })
    expect(await ask(port, { method: 'POST', path: '/echo', body: 'still here' })).toMatchObject({ status: 200 })
    expect(metrics.format()).toContain('sotto_http_unhandled_errors_total 1\n')
    expect(lines.join('')).toContain('request.failed')
    expect(lines.join('')).not.toContain('10.0.0.1')
  })

  test.for([204, 304])('status %i has no body', async status => {
    const route = { maxBodyBytes: 0, handle: () => ({ status, body: '' }) }
    const { port } = await startListener({ 'GET /': route }, { plain })
    const answer = await ask(port, { path: '/' })
    expect(answer).toMatchObject({ status, text: '' })
    expect(answer.headers['content-length']).toBe(undefined)
  })

  test('HEAD gets the headers alone', async () => {
    const route = { maxBodyBytes: 0, handle: () => textReply(200, 'four') }
    const { port } = await startListener({ 'HEAD /': route }, { plain })
    const answer = await ask(port, { method: 'HEAD', path: '/' })
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer.headers['content-length']).toBe('4')
  })
})

test('many requests share one connection of HTTP/2', async () => {
  const { port } = await startListener({ 'POST /echo': echo })
  const session = openSession(port)
  const bodies = Array.from({ length: 200 }, (_, at) => `body ${at}`)
  const answers = await Promise.all(bodies.map(body => askSession(session, { method: 'POST', path: '/echo', body })))
  expect(answers.map(({ text }) => text)).toEqual(bodies)
})

test('a connection of HTTP/1.1 stays open for the next request', async () => {
  const { port } = await startListener({ 'POST /echo': echo })
  const { socket, receive } = await openSocket(port)
  const one = 'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc'
  socket.write(one + one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
  expect((await receive()).match(/200 OK/g)).toHaveLength(2)
})

test('a client that waits to be told to go on is told so', async () => {
  const { port } = await startListener({ 'POST /echo': echo })
  const { socket, receive } = await openSocket(port)
  socket.write(
    'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
  )
  socket.once('data', () => socket.write('abc'))
  expect(await receive()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*abc$/)
})

test('a port that is taken is a typed error', async () => {
  const { port } = await startListener({})
  const second = new Listener({ host: '127.0.0.1', port, routes: new Map() })
  await expect(second.start()).rejects.toMatchObject({ code: 'listener.port-taken', detail: { port } })
})

test('an address of another machine is a typed error', async () => {
  const elsewhere = new Listener({ host: '192.0.2.1', port: 0, routes: new Map() })
  const error: unknown = await elsewhere.start().catch((cause: unknown) => cause)
  expect(error).toBeInstanceOf(SottoError)
  expect(error).toMatchObject({ code: 'listener.bad-address', sentence: expect.stringMatching(/\.$/) as string })
})
