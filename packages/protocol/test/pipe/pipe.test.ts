import { expect, test } from 'vitest'
import {
  createPipe,
  encodePipeFrame,
  gatewayLimits,
  clientLimits,
  type Pipe,
  type PipeFrame,
  type PipeOutput,
} from '../../src/pipe/index.ts'
import { codeOf } from '../coded.ts'
import { type Couple, couple, deliver, failureOf, framesOf, guard, put, settle, tightLimits } from './fixtures.ts'

const body = Uint8Array.from({ length: 5000 }, (_, at) => at % 251)
const request = { guard, deadlineMs: 30_000, body: body.subarray(0, 3) }

/** An end whose peer has said hello with the same limits. */
function opened(role: 'client' | 'gateway', limits = tightLimits): Pipe {
  const pipe = createPipe(role, limits)
  pipe.start()
  pipe.receive(encodePipeFrame({ type: 'hello', version: 1, limits }))
  return pipe
}

/** Feeds frames; the code with which the pipe ends, if it does. */
function feed(pipe: Pipe, ...frames: readonly PipeFrame[]): string | undefined {
  return frames.map(frame => failureOf(pipe.receive(encodePipeFrame(frame)))).find(code => code !== undefined)
}

const open = (stream: number, length = 3): PipeFrame => ({ type: 'open', stream, guard, deadlineMs: 30_000, length })
const data = (stream: number, length: number, last = false): PipeFrame => ({
  type: 'data',
  stream,
  bytes: new Uint8Array(length),
  last,
})

test('one request, one reply', () => {
  const both = couple()
  const { stream, ...output } = both.client.open(request)
  put(both, 'client', output)
  expect(settle(both).gateway).toEqual([
    { kind: 'opened', stream, guard, deadlineMs: 30_000, length: 3 },
    { kind: 'data', stream, bytes: request.body },
    { kind: 'ended', stream },
  ])
  put(both, 'gateway', both.gateway.reply(stream, 200))
  expect(put(both, 'gateway', both.gateway.write(stream, Uint8Array.of(7), false))).toEqual([
    { kind: 'writable', stream },
  ])
  put(both, 'gateway', both.gateway.write(stream, Uint8Array.of(8), true))
  expect(settle(both).client).toEqual([
    { kind: 'replied', stream, status: 200 },
    { kind: 'data', stream, bytes: Uint8Array.of(7) },
    { kind: 'data', stream, bytes: Uint8Array.of(8) },
    { kind: 'ended', stream },
  ])
  expect([both.client.streams, both.gateway.streams]).toEqual([0, 0])
})

test('a request and a reply may be empty', () => {
  const both = couple()
  const { stream, ...output } = both.client.open({ ...request, body: new Uint8Array() })
  put(both, 'client', output)
  expect(settle(both).gateway.map(({ kind }) => kind)).toEqual(['opened', 'ended'])
  put(both, 'gateway', both.gateway.reply(stream, 503))
  put(both, 'gateway', both.gateway.write(stream, new Uint8Array(), true))
  expect(settle(both).client.map(({ kind }) => kind)).toEqual(['replied', 'ended'])
})

test('what there is no room for waits, on both sides', () => {
  const both = couple(tightLimits)
  const { stream, ...output } = both.client.open({ ...request, body })
  expect(framesOf(output).map(frame => (frame.type === 'data' ? frame.bytes.length : frame.type))).toEqual([
    'open',
    1024,
    1024,
  ])
  expect(both.client.queued(stream)).toBe(body.length - 2048)
  put(both, 'client', output)
  settle(both)
  put(both, 'gateway', both.gateway.consumed(stream, 1000))
  expect(both.toClient).toEqual([])
  for (let consumed = 1000; consumed < body.length; consumed += 1000) {
    put(both, 'gateway', both.gateway.consumed(stream, 1000))
    settle(both)
  }
  put(both, 'gateway', both.gateway.reply(stream, 200))
  put(both, 'gateway', both.gateway.write(stream, body, true))
  expect(both.gateway.queued(stream)).toBe(body.length - 2048)
  settle(both)
  put(both, 'client', both.client.consumed(stream, 2048))
  settle(both)
  expect(both.gateway.queued(stream)).toBe(body.length - 4096)
})

test('many streams take turns', () => {
  const both = couple({ ...tightLimits, connectionWindow: 3072 })
  put(both, 'client', both.client.open({ ...request, body }))
  put(both, 'client', both.client.open({ ...request, body }))
  settle(both)
  // The first had its window of 2048, the second what was left; now both have room for one piece in turn.
  put(both, 'gateway', both.gateway.consumed(1, 2048))
  put(both, 'gateway', both.gateway.consumed(2, 1024))
  deliver(both, 'client')
  deliver(both, 'client')
  deliver(both, 'client')
  const streams = both.toGateway.map(frame => frame[4])
  expect(new Set(streams)).toEqual(new Set([1, 2]))
})

test('either side can end a stream, and the other confirms it', () => {
  for (const side of ['client', 'gateway'] as const) {
    const both = couple()
    const { stream, ...output } = both.client.open(request)
    put(both, 'client', output)
    settle(both)
    put(both, side, both[side].reset(stream, 'cancelled'))
    expect(both[side].streams).toBe(1)
    const events = settle(both)
    expect(events[side === 'client' ? 'gateway' : 'client']).toEqual([{ kind: 'reset', stream, reason: 'cancelled' }])
    expect(events[side]).toEqual([])
    expect([both.client.streams, both.gateway.streams]).toEqual([0, 0])
  }
})

test('resets and the end of a reply may cross', () => {
  const both = couple()
  const { stream, ...output } = both.client.open(request)
  put(both, 'client', output)
  settle(both)
  put(both, 'client', both.client.reset(stream, 'cancelled'))
  put(both, 'gateway', both.gateway.reply(stream, 200))
  put(both, 'gateway', both.gateway.write(stream, body, true))
  expect(settle(both)).toEqual({ client: [], gateway: [] })
  expect([both.client.streams, both.gateway.streams]).toEqual([0, 0])
})

test('calls about a stream that is over do nothing', () => {
  const gateway = opened('gateway')
  feed(gateway, open(1), { type: 'reset', stream: 1, reason: 'cancelled' })
  for (const output of [
    gateway.reply(1, 200),
    gateway.write(1, body, true),
    gateway.consumed(1, 3),
    gateway.reset(1, 'busy'),
  ]) {
    expect(output).toEqual({ frames: [], events: [] })
  }
  expect(gateway.queued(1)).toBe(0)
})

test('what the caller may not do is an error', () => {
  const client = opened('client')
  const gateway = opened('gateway')
  expect(codeOf(() => gateway.open(request))).toBe('pipe.wrong-role')
  expect(codeOf(() => client.reply(1, 200))).toBe('pipe.wrong-role')
  expect(codeOf(() => client.write(1, body, true))).toBe('pipe.wrong-role')
  expect(codeOf(() => createPipe('client').open(request))).toBe('pipe.not-open')
  expect(codeOf(() => client.open({ ...request, body: new Uint8Array(10_001) }))).toBe('pipe.too-large')
  for (let count = 0; count < 3; count++) client.open(request)
  expect(codeOf(() => client.open(request))).toBe('pipe.too-many-streams')
  feed(gateway, open(1))
  expect(codeOf(() => gateway.reply(1, 200))).toBe('pipe.too-early')
  expect(codeOf(() => gateway.write(1, body, false))).toBe('pipe.too-early')
  feed(gateway, data(1, 3, true))
  // A guard may say anything; a client would give up the whole pipe for it.
  for (const status of [0, 99, 600, 999, 200.5]) expect(codeOf(() => gateway.reply(1, status))).toBe('pipe.bad-value')
  gateway.reply(1, 200)
  expect(codeOf(() => gateway.reply(1, 200))).toBe('pipe.out-of-order')
  expect(codeOf(() => gateway.write(1, new Uint8Array(10_001), false))).toBe('pipe.too-large')
  gateway.write(1, body, true)
  expect(codeOf(() => gateway.write(1, body, true))).toBe('pipe.after-end')
  expect(codeOf(() => createPipe('client', { ...tightLimits, maxStreams: 0 }))).toBe('pipe.bad-limits')
})

test('a gateway keeps so much of a reply and no more', () => {
  const gateway = createPipe('gateway', tightLimits, { maxQueued: 1000 })
  gateway.receive(encodePipeFrame({ type: 'hello', version: 1, limits: tightLimits }))
  feed(gateway, open(1), data(1, 3, true))
  gateway.reply(1, 200)
  expect(codeOf(() => gateway.write(1, new Uint8Array(1001), false))).toBe('pipe.buffer-full')
  gateway.write(1, new Uint8Array(1000), false)
  expect(gateway.queued(1)).toBe(0)
})

test('crumbs of a reply are gathered while they wait', () => {
  const both = couple(tightLimits)
  const { stream, ...output } = both.client.open(request)
  put(both, 'client', output)
  settle(both)
  put(both, 'gateway', both.gateway.reply(stream, 200))
  for (const byte of body) put(both, 'gateway', both.gateway.write(stream, Uint8Array.of(byte), false))
  const sent = settle(both).client.flatMap(event => (event.kind === 'data' ? [...event.bytes] : []))
  expect(sent).toEqual([...body.subarray(0, 2048)])
  const more = deliverAll(both, both.client.consumed(stream, 2048))
  expect(more.map(bytes => bytes.length)).toEqual([1, 951, 1024, 72])
  const rest = deliverAll(both, both.client.consumed(stream, 2048))
  expect([...sent, ...[...more, ...rest].flatMap(bytes => [...bytes])]).toEqual([...body])
})

/** The data that reaches the client after an output of its own. */
function deliverAll(both: Couple, output: PipeOutput): readonly Uint8Array[] {
  put(both, 'client', output)
  return settle(both).client.flatMap(event => (event.kind === 'data' ? [event.bytes] : []))
}

test('a deadline is cut to what the gateway allows', () => {
  const client = opened('client')
  expect(framesOf(client.open({ ...request, deadlineMs: 1e9 }))[0]).toMatchObject({ deadlineMs: 60_000 })
  expect(framesOf(client.open({ ...request, deadlineMs: 0.5 }))[0]).toMatchObject({ deadlineMs: 1 })
})

const hello: PipeFrame = { type: 'hello', version: 1, limits: tightLimits }
const away: PipeFrame = { type: 'go-away', lastStream: 0, reason: 'busy' }
const brokenByClient: readonly (readonly [string, readonly PipeFrame[], string])[] = [
  ['a second hello', [hello], 'pipe.out-of-order'],
  ['a number left out', [open(2)], 'pipe.out-of-order'],
  ['a number used again', [open(1), open(1)], 'pipe.out-of-order'],
  ['too many streams', [open(1), open(2), open(3), open(4)], 'pipe.too-many-streams'],
  ['a large request', [open(1, 10_001)], 'pipe.too-large'],
  ['a long deadline', [{ type: 'open', stream: 1, guard, deadlineMs: 60_001, length: 0 }], 'pipe.bad-value'],
  ['data without a stream', [data(1, 1)], 'pipe.bad-stream'],
  ['a large piece', [open(1, 5000), data(1, 1025)], 'pipe.bad-length'],
  ['more than a stream has room for', [open(1, 5000), data(1, 1024), data(1, 1024), data(1, 1)], 'pipe.over-credit'],
  [
    'more than the connection has room for',
    [open(1, 5000), open(2, 5000), data(1, 1024), data(1, 1024), data(2, 953)],
    'pipe.over-credit',
  ],
  ['more than was announced', [open(1, 3), data(1, 4)], 'pipe.too-large'],
  ['less than was announced', [open(1, 3), data(1, 2, true)], 'pipe.bad-length'],
  ['data after the end', [open(1, 3), data(1, 3, true), data(1, 1)], 'pipe.after-end'],
  ['a second end', [open(1, 3), data(1, 3, true), data(1, 0, true)], 'pipe.after-end'],
  ['data after a reset', [open(1, 3), { type: 'reset', stream: 1, reason: 'cancelled' }, data(1, 3)], 'pipe.after-end'],
  ['a reply', [open(1), { type: 'reply', stream: 1, status: 200 }], 'pipe.wrong-direction'],
  ['a reset without a stream', [{ type: 'reset', stream: 1, reason: 'busy' }], 'pipe.bad-stream'],
  ['credit without a stream', [{ type: 'credit', stream: 1, bytes: 1 }], 'pipe.bad-stream'],
  ['too much credit', [{ type: 'credit', stream: 0, bytes: 2 ** 31 - 1 }], 'pipe.credit-overflow'],
  [
    'too much credit for a stream',
    [open(1), { type: 'credit', stream: 1, bytes: 2 ** 31 - 1 }],
    'pipe.credit-overflow',
  ],
  ['going away twice', [open(1), away, away], 'pipe.out-of-order'],
  ['a stream after going away', [open(1), away, open(2)], 'pipe.out-of-order'],
]

test.for(brokenByClient)('a gateway ends the pipe after %s', ([, frames, code]) => {
  const gateway = opened('gateway')
  expect(feed(gateway, ...frames)).toBe(code)
  expect(gateway.streams).toBe(0)
  expect(gateway.receive(encodePipeFrame(open(1)))).toEqual({ frames: [], events: [] })
})

const reply: PipeFrame = { type: 'reply', stream: 1, status: 200 }
const brokenByGateway: readonly (readonly [string, readonly PipeFrame[], string])[] = [
  ['a stream of the gateway', [open(2)], 'pipe.wrong-direction'],
  ['data before the reply', [data(1, 1)], 'pipe.out-of-order'],
  ['two replies', [reply, reply], 'pipe.out-of-order'],
  ['a reply to nothing', [{ ...reply, stream: 2 }], 'pipe.bad-stream'],
  ['a large reply', [reply, ...[1, 2, 3].map(() => data(1, 1024))], 'pipe.over-credit'],
  ['a reply after its end', [reply, data(1, 0, true), reply], 'pipe.after-end'],
  ['data after its end', [reply, data(1, 0, true), data(1, 1)], 'pipe.after-end'],
  ['a reset after the end', [reply, data(1, 0, true), { type: 'reset', stream: 1, reason: 'busy' }], 'pipe.after-end'],
  ['credit after the end', [reply, data(1, 0, true), { type: 'credit', stream: 1, bytes: 1 }], 'pipe.after-end'],
  ['going away past the newest stream', [{ type: 'go-away', lastStream: 2, reason: 'busy' }], 'pipe.bad-stream'],
]

test.for(brokenByGateway)('a client ends the pipe after %s', ([, frames, code]) => {
  const client = opened('client')
  client.open(request)
  expect(feed(client, ...frames)).toBe(code)
})

test('a reply before the end of its request is out of order', () => {
  const client = opened('client')
  client.open({ ...request, body })
  expect(feed(client, reply)).toBe('pipe.out-of-order')
})

test('a reply over the limit of the client ends the pipe', () => {
  const client = opened('client', { ...tightLimits, maxBody: 100 })
  client.open(request)
  expect(feed(client, reply, data(1, 101))).toBe('pipe.too-large')
})

test('a broken rule is told to both sides', () => {
  const both = couple()
  put(both, 'client', both.client.open(request))
  settle(both)
  const output = both.gateway.receive(Uint8Array.of(0xff, 0, 0, 0, 0))
  expect(output.events).toEqual([
    { kind: 'reset', stream: 1, reason: 'protocol-error' },
    { kind: 'failed', code: 'pipe.bad-type' },
  ])
  put(both, 'gateway', output)
  expect(settle(both).client).toEqual([
    { kind: 'reset', stream: 1, reason: 'protocol-error' },
    { kind: 'failed', code: undefined },
  ])
  expect(codeOf(() => both.client.open(request))).toBe('pipe.not-open')
})

test('a peer that does not begin with hello is no peer', () => {
  expect(feed(createPipe('gateway'), open(1))).toBe('pipe.out-of-order')
})

test('hello goes first whatever is called', () => {
  for (const role of ['client', 'gateway'] as const) {
    const pipe = createPipe(role)
    expect(framesOf(pipe.ping(new Uint8Array(8))).map(({ type }) => type)).toEqual(['hello', 'ping'])
    expect(pipe.start().frames).toEqual([])
    expect(framesOf(createPipe(role).goAway('shutting-down')).map(({ type }) => type)).toEqual(['hello', 'go-away'])
  }
})

test('pings come back', () => {
  const both = couple()
  const token = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  put(both, 'client', both.client.ping(token))
  expect(settle(both).client).toEqual([{ kind: 'pong', token }])
  expect(both.client.ping(new Uint8Array(7)).frames).toEqual([])
})

test('a gateway that goes away finishes what it took, and hands back the rest', () => {
  const both = couple()
  put(both, 'client', both.client.open(request))
  settle(both)
  put(both, 'client', both.client.open(request))
  put(both, 'gateway', both.gateway.goAway('shutting-down'))
  const events = settle(both)
  expect(events.gateway).toEqual([])
  expect(events.client).toEqual([
    { kind: 'going-away', reason: 'shutting-down' },
    { kind: 'reset', stream: 2, reason: 'refused' },
  ])
  expect([both.client.isOpen, both.gateway.isOpen]).toEqual([false, false])
  expect(codeOf(() => both.client.open(request))).toBe('pipe.not-open')
  put(both, 'gateway', both.gateway.reply(1, 200))
  expect(put(both, 'gateway', both.gateway.write(1, body, true))).toEqual([{ kind: 'done' }])
  expect(settle(both).client.at(-1)).toEqual({ kind: 'done' })
})

test('a client can go away too', () => {
  const both = couple()
  put(both, 'client', both.client.open(request))
  put(both, 'client', both.client.goAway('cancelled'))
  expect(both.client.goAway('cancelled').frames).toEqual([])
  expect(settle(both).gateway.map(({ kind }) => kind)).toEqual(['opened', 'data', 'ended', 'going-away'])
  put(both, 'gateway', both.gateway.reset(1, 'guard-unreachable'))
  expect(settle(both)).toEqual({
    client: [{ kind: 'reset', stream: 1, reason: 'guard-unreachable' }, { kind: 'done' }],
    gateway: [{ kind: 'done' }],
  })
})

test('when the connection is gone every stream ends', () => {
  const client = opened('client')
  client.open(request)
  client.open(request)
  expect(client.lost().events).toEqual([1, 2].map(stream => ({ kind: 'reset', stream, reason: 'connection-lost' })))
  expect(client.lost().events).toEqual([])
})

test('the limits of a role, unless it is told others', () => {
  expect(framesOf(createPipe('gateway').start())).toEqual([{ type: 'hello', version: 1, limits: gatewayLimits }])
  expect(framesOf(createPipe('client').start())).toEqual([{ type: 'hello', version: 1, limits: clientLimits }])
})
