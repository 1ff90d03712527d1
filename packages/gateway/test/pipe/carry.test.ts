import { productionLimits } from '@sotto/gateway'
import { clientLimits } from '@sotto/protocol/pipe'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { expect, test, vi } from 'vitest'
import { answer, deadPort, echo, hold, nodeDraft, startGuard } from '../support/fake-guard.ts'
import { openPipe, type Result } from '../support/raw-pipe.ts'
import { limitsWith, metricOf, startGateway, verifiedList } from '../support/test-gateway.ts'

const kinds = ['native', 'compat'] as const
const body = utf8Encode('a sealed onion')
const until = { timeout: 20_000, interval: 5 }

function textOf(result: Result): string {
  return 'body' in result ? utf8Decode(result.body) : result.reason
}

test.for(kinds)('a request and its answer, to a %s guard', async kind => {
  const paths: unknown[] = []
  const guard = await startGuard((asked, response, request) => {
    paths.push([request.method, request.url])
    echo(asked, response, request)
  }, kind)
  const { gateway, url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  expect(textOf(await pipe.post(guard.id, body).result)).toBe('a sealed onion')
  expect(paths).toEqual([['POST', '/onion_req/v2']])
  expect(await metricOf(gateway, 'sotto_gateway_requests_total{outcome="answered"}')).toBe(1)
  expect(await metricOf(gateway, 'sotto_gateway_held_bytes')).toBe(0)
})

test.for(kinds)('any status and an empty answer go through, from a %s guard', async kind => {
  const guard = await startGuard((_, response) => answer(response, '', 503), kind)
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(guard.id, new Uint8Array()).result).toEqual({ status: 503, body: new Uint8Array() })
})

test.for(kinds)('many large bodies at once both ways, with a %s guard', async kind => {
  const guard = await startGuard(echo, kind)
  const { gateway, url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  const bodies = Array.from({ length: 6 }, (_, at) => new Uint8Array(1_500_000 + at).fill(at))
  const results = await Promise.all(bodies.map(async each => pipe.post(guard.id, each).result))
  for (const [at, result] of results.entries()) {
    expect('body' in result && Buffer.compare(result.body, bodies[at] ?? body)).toBe(0)
  }
  expect(await metricOf(gateway, 'sotto_gateway_held_bytes')).toBe(0)
})

test('the longest request goes through, a longer one is a broken rule', async () => {
  const guard = await startGuard((asked, response) => answer(response, String(asked.length)))
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  const longest = new Uint8Array(productionLimits.pipe.maxBody)
  expect(textOf(await pipe.post(guard.id, longest).result)).toBe('10485760')
  const other = await openPipe(url)
  other.socket.send(openFrame(1, productionLimits.pipe.maxBody + 1))
  expect(await other.closed()).toBe(1002)
})

/** An open frame that names no node. */
function openFrame(stream: number, length: number): Uint8Array {
  const frame = Buffer.alloc(46)
  frame.writeUInt8(2, 0)
  frame.writeUInt32BE(stream, 1)
  frame.writeUInt8(1, 5)
  frame.writeUInt32BE(1000, 38)
  frame.writeUInt32BE(length, 42)
  return frame
}

test('only nodes of the directory are asked, as it is now', async () => {
  const guard = await startGuard(echo)
  const other = await startGuard(echo)
  const { url, directory } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(other.id, body).result).toEqual({ reason: 'unknown-guard' })
  directory.replace(verifiedList([other.draft], 2n))
  expect(textOf(await pipe.post(other.id, body).result)).toBe('a sealed onion')
  expect(await pipe.post(guard.id, body).result).toEqual({ reason: 'unknown-guard' })
  expect(guard.sockets.size).toBe(0)
})

test.for(kinds)('a %s guard that is not there', async kind => {
  const draft = nodeDraft(await deadPort(), kind === 'native' ? ['held_retrieve.1'] : [])
  const { url } = await startGateway([draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(draft.ed25519, body).result).toEqual({ reason: 'guard-unreachable' })
})

test.for(kinds)('a %s guard that breaks off', async kind => {
  const guard = await startGuard((_, response) => response.writeHead(200).write('half', () => response.destroy()), kind)
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(guard.id, body).result).toEqual({ reason: 'guard-broken' })
})

test.for(kinds)('a %s guard that is too late', async kind => {
  const guard = await startGuard(hold, kind)
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(guard.id, body, 50).result).toEqual({ reason: 'deadline' })
  await vi.waitFor(() => expect(guard.givenUp()).toBe(1), until)
})

test.for(kinds)('an answer that is longer than the client takes, of a %s guard', async kind => {
  const guard = await startGuard((_, response) => answer(response, Buffer.alloc(100_001)), kind)
  const { url } = await startGateway([guard.draft])
  const pipe = await openPipe(url, { limits: { ...clientLimits, maxBody: 100_000 } })
  expect(await pipe.post(guard.id, body).result).toEqual({ reason: 'too-large' })
})

test.for(kinds)('200 requests are held over one socket and answered, by a %s guard', async kind => {
  const guard = await startGuard(hold, kind)
  const limits = limitsWith({ pipe: { maxStreams: 256 }, clients: { maxRequests: 256 } })
  const { gateway, url } = await startGateway([guard.draft], { limits })
  const pipe = await openPipe(url)
  const results = Array.from({ length: 200 }, async () => pipe.post(guard.id, body).result)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(200), until)
  // A held request costs a connection only where the guard cannot multiplex.
  expect(guard.sockets.size).toBe(kind === 'native' ? 1 : 200)
  expect(await metricOf(gateway, 'sotto_gateway_requests')).toBe(200)
  for (const response of guard.waiting) answer(response, 'news')
  expect(new Set((await Promise.all(results)).map(textOf))).toEqual(new Set(['news']))
})

test('no more than a few connections are opened at a time to guards that do not multiplex', async () => {
  const guard = await startGuard(hold, 'compat')
  const limits = limitsWith({ guards: { maxOpening: 4, heldMs: 600_000 } })
  const { url } = await startGateway([guard.draft], { limits })
  const pipe = await openPipe(url)
  const results = Array.from({ length: 12 }, async () => pipe.post(guard.id, body).result)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(4), until)
  let answered = 0
  let most = 0
  while (answered < 12) {
    await vi.waitFor(() => expect(guard.waiting.size).toBeGreaterThan(0), until)
    most = Math.max(most, guard.waiting.size)
    const [response] = guard.waiting
    if (response !== undefined) answer(response, 'done')
    answered += 1
    await vi.waitFor(() => expect(response?.writableFinished).toBe(true), until)
  }
  await Promise.all(results)
  expect(most).toBe(4)
  expect(guard.sockets.size).toBeLessThan(12)
})

test.for(kinds)('what a client cancels is given up at the %s guard', async kind => {
  const guard = await startGuard(hold, kind)
  const { gateway, url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  const { stream } = pipe.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(1), until)
  pipe.apply(pipe.pipe.reset(stream, 'cancelled'))
  await vi.waitFor(() => expect(guard.givenUp()).toBe(1), until)
  expect(await metricOf(gateway, 'sotto_gateway_requests_total{outcome="cancelled"}')).toBe(1)
})

test.for(kinds)('all that a client asked is given up when it vanishes, at the %s guard', async kind => {
  const guard = await startGuard(hold, kind)
  const { gateway, url } = await startGateway([guard.draft])
  const pipe = await openPipe(url)
  for (let at = 0; at < 10; at++) pipe.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(10), until)
  pipe.socket.terminate()
  await vi.waitFor(() => expect(guard.givenUp()).toBe(10), until)
  expect(await metricOf(gateway, 'sotto_gateway_requests')).toBe(0)
  expect(await metricOf(gateway, 'sotto_gateway_pipes')).toBe(0)
})
