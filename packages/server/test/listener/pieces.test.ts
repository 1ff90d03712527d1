import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { BodyError, type Route, type ServerRequest, textReply, UnhandledErrors } from '@sotto/server'
import { http1, http2 } from '../support/client.ts'
import { startListener } from '../support/test-listener.ts'

const soon = { timeout: 10_000, interval: 5 }

/** Counts what comes without keeping it. */
function counting(onError: (error: unknown) => void = () => {}, changes: Partial<Route> = {}): Route {
  return {
    maxBodyBytes: 1_000_000,
    piecewise: { idleMs: 30_000 },
    handle: async ({ pieces, body }: ServerRequest) => {
      let [count, size] = [0, 0]
      try {
        for await (const piece of pieces ?? []) {
          count += 1
          size += piece.length
        }
      } catch (error) {
        onError(error)
        throw error
      }
      return textReply(200, `${size} ${count > 1} ${body.length}`)
    },
    ...changes,
  }
}

test.for([
  ['HTTP/1.1', http1],
  ['HTTP/2', http2],
] as const)('%s: a body comes in pieces, and one that is too large is refused', async ([, client]) => {
  const { port } = await startListener({ 'POST /in': counting() })
  const ask = { method: 'POST', path: '/in' }
  expect((await client(port, { ...ask, body: new Uint8Array(900_000) })).text).toBe('900000 true 0')
  expect((await client(port, { ...ask, body: new Uint8Array(1) })).text).toBe('1 false 0')
  expect((await client(port, ask)).text).toBe('0 false 0')
  expect((await client(port, { ...ask, body: new Uint8Array(1_000_001) })).status).toBe(413)
})

test('a body whose length nobody announced is cut at the limit, with the answer of the route', async () => {
  const tooLarge = textReply(413, 'mine')
  const { port } = await startListener({ 'POST /in': counting(undefined, { maxBodyBytes: 10, tooLarge }) })
  const headers = { 'transfer-encoding': 'chunked' }
  const ask = { method: 'POST', path: '/in', headers, body: new Uint8Array(11) }
  expect(await http1(port, ask)).toMatchObject({ status: 413, text: 'mine' })
  expect(await http1(port, { ...ask, headers: {} })).toMatchObject({ status: 413, text: 'mine' })
})

test('who goes away in the middle is not waited for, and that is no failure of the program', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const unhandled = new UnhandledErrors()
  const { port } = await startListener({ 'POST /in': counting(resolve) }, { plain: true, unhandled })
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST /in HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf')
  socket.destroySoon()
  const error = await promise
  expect(error instanceof BodyError && error.code).toBe('body.gone')
  expect(unhandled.count).toBe(0)
})

test('who sends nothing for too long is told so', async () => {
  const { port } = await startListener(
    { 'POST /in': counting(undefined, { piecewise: { idleMs: 1000 } }) },
    { plain: true },
  )
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', chunk => (text += chunk.toString()))
  socket.write('POST /in HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf')
  await expect.poll(() => text, soon).toContain('408')
})

test.for([
  ['HTTP/1.1', http1],
  ['HTTP/2', http2],
] as const)('%s: an answer goes out in pieces', async ([, client]) => {
  let returned = 0
  async function* chunks() {
    try {
      for (let at = 0; at < 20; at++) yield new Uint8Array(50_000).fill(at)
    } finally {
      returned += 1
    }
  }
  const handle = () => ({ ...textReply(200, ''), pieces: { sizeBytes: 1_000_000, chunks: chunks() } })
  const { port } = await startListener({ 'GET /out': { maxBodyBytes: 0, handle } })
  const { body, headers } = await client(port, { path: '/out' })
  expect(headers['content-length']).toBe('1000000')
  expect(body.length).toBe(1_000_000)
  expect(body[999_999]).toBe(19)
  await expect.poll(() => returned, soon).toBe(1)
})

test('pieces that fail cut the answer short; who goes away ends them', async () => {
  let ended = 0
  async function* broken() {
    yield new Uint8Array(10)
    throw new Error('the disk')
  }
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(65_536)
    } finally {
      ended += 1
    }
  }
  const route = (chunks: () => AsyncIterable<Uint8Array>): Route => ({
    maxBodyBytes: 0,
    handle: () => ({ status: 200, body: '', pieces: { sizeBytes: 1_000_000_000, chunks: chunks() } }),
  })
  const { port } = await startListener(
    { 'GET /broken': route(broken), 'GET /endless': route(endless) },
    { plain: true },
  )
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /broken HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(socket.resume(), 'close')
  const leaving = connect(port, '127.0.0.1')
  leaving.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(leaving, 'data')
  leaving.destroy()
  await expect.poll(() => ended, soon).toBe(1)
})
