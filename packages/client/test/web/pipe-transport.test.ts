import { NetworkError } from '@sotto/network'
import { PipeTransport, type PipeTransportLimits } from '@sotto/client/web'
import { Ed25519KeyPair, Ed25519Seed, x25519PublicKey } from '@sotto/protocol/crypto'
import { type PipeReason } from '@sotto/protocol/pipe'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { FakeGateway } from './pipe-transport-gateway.ts'

const guard: NodeEntry = {
  ed25519: nodeIdOf(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1))).publicKey),
  x25519: x25519PublicKey(new Uint8Array(32).fill(9)),
  ip: '127.0.0.1',
  httpsPort: 1,
  omqPort: 0,
  quicPort: 0,
  swarmId: toSwarmId(0n),
  version: [2, 8, 0],
  state: 'active',
  capabilities: [],
}
const body = Uint8Array.of(1, 2, 3)
const path = '/onion_req/v2'

function setUp(limits: Partial<PipeTransportLimits> = {}) {
  const gateway = new FakeGateway()
  const clock = new ManualClock()
  const url = 'wss://gateway.example/pipe'
  const transport = new PipeTransport({ url, WebSocket: gateway.WebSocket, clock, random: seededRandom(1), limits })
  const post = async (timeoutMs = 60_000, signal?: AbortSignal) =>
    transport.post(guard, path, body, { timeoutMs, ...(signal === undefined ? {} : { signal }) })
  return { gateway, clock, transport, post, settle: async () => clock.advance(0) }
}

/** The code with which a request ends, and whether the gateway is at fault. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'answered',
    (error: unknown) => {
      if (!(error instanceof NetworkError)) throw error
      return error.detail['local'] === true ? `${error.code} local` : error.code
    },
  )
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items
  if (item === undefined) throw new Error('there is none')
  return item
}

function last<Item>(items: readonly Item[]): Item {
  return first(items.slice(-1))
}

test('a request and its answer', async () => {
  const { gateway, transport, post, settle } = setUp()
  expect(transport.state).toBe('idle')
  const reply = post()
  await settle()
  expect(gateway.urls).toEqual(['wss://gateway.example/pipe sotto-pipe.1'])
  expect(transport.state).toBe('open')
  const seen = first(gateway.seen)
  expect(seen).toMatchObject({ guard: guard.ed25519, length: 3, body: [1, 2, 3] })
  gateway.reply(seen, 503, Uint8Array.of(4, 5))
  expect(await reply).toEqual({ status: 503, body: Uint8Array.of(4, 5) })
})

test('a long answer comes in pieces, as far as there is room', async () => {
  const { gateway, post, settle } = setUp()
  const reply = post()
  await settle()
  const long = Uint8Array.from({ length: 900_000 }, (_, at) => at * 7)
  gateway.reply(first(gateway.seen), 200, long)
  expect((await reply).body).toEqual(long)
})

test('many requests share a connection; the gateway hears one and the same deadline', async () => {
  const { gateway, post, settle } = setUp()
  const replies = [1000, 5000, 60_000].map(async timeoutMs => post(timeoutMs))
  await settle()
  expect(gateway.connections).toHaveLength(1)
  expect(new Set(gateway.seen.map(({ deadlineMs }) => deadlineMs))).toEqual(new Set([120_000]))
  for (const seen of gateway.seen.toReversed()) gateway.reply(seen, 200, Uint8Array.of(seen.stream))
  expect((await Promise.all(replies)).map(reply => [...reply.body])).toEqual([[1], [2], [3]])
})

test('requests beyond the streams of the gateway wait for their turn', async () => {
  const { gateway, clock, post, settle } = setUp()
  gateway.maxStreams = 2
  const replies = [post(), post(), post()]
  const late = failureOf(post(1000))
  await settle()
  expect(gateway.seen).toHaveLength(2)
  gateway.reply(first(gateway.seen), 200, body)
  await replies[0]
  await settle()
  expect(gateway.seen).toHaveLength(3)
  await clock.advance(1000)
  expect(await late).toBe('network.busy')
  for (const seen of gateway.seen.slice(1)) gateway.reply(seen, 200, body)
  await Promise.all(replies)
})

test.for([
  ['deadline', 'network.timed-out'],
  ['guard-unreachable', 'network.unreachable'],
  ['guard-broken', 'network.unreachable'],
  ['unknown-guard', 'network.unreachable'],
  ['busy', 'network.busy'],
  ['too-large', 'network.bad-reply'],
  ['internal', 'network.unreachable local'],
] as const satisfies readonly (readonly [PipeReason, string])[])('%s is %s', async ([reason, code]) => {
  const { gateway, post, settle } = setUp()
  const failure = failureOf(post())
  await settle()
  const { connection, stream } = first(gateway.seen)
  connection.apply(connection.pipe.reset(stream, reason))
  expect(await failure).toBe(code)
})

test('what takes too long is cancelled at the gateway, and so is what is aborted', async () => {
  const { gateway, clock, post, settle } = setUp()
  const control = new AbortController()
  const [slow, unwanted] = [failureOf(post(1000)), failureOf(post(60_000, control.signal))]
  await settle()
  control.abort()
  expect(await unwanted).toBe('network.aborted')
  await clock.advance(1000)
  expect(await slow).toBe('network.timed-out')
  const reset = (stream: number) => ({ kind: 'reset', stream, reason: 'cancelled' })
  expect(first(gateway.connections).resets).toEqual([reset(2), reset(1)])
  expect(await failureOf(post(1, AbortSignal.abort()))).toBe('network.aborted')
})

test('when the connection is lost what is under way fails, and the next request makes a new one', async () => {
  const { gateway, clock, transport, post, settle } = setUp()
  const failures = [failureOf(post()), failureOf(post())]
  await settle()
  first(gateway.connections).drop()
  expect(await Promise.all(failures)).toEqual(['network.unreachable local', 'network.unreachable local'])
  const again = post()
  expect(transport.state).toBe('waiting')
  await clock.advance(250)
  gateway.reply(last(gateway.seen), 200, body)
  expect((await again).status).toBe(200)
  expect(gateway.connections).toHaveLength(2)
})

test('a gateway that comes back soon is waited for, with growing pauses', async () => {
  const { gateway, clock, post } = setUp()
  gateway.accepts = 'no'
  const reply = post()
  await clock.advance(749)
  // At once, then after 250 and 500 ms, each of them shortened by up to a half.
  expect(gateway.connections.length).toBeGreaterThanOrEqual(2)
  expect(gateway.connections.length).toBeLessThanOrEqual(4)
  gateway.accepts = 'yes'
  await clock.advance(1000)
  gateway.reply(first(gateway.seen), 200, body)
  expect((await reply).status).toBe(200)
})

test('one that does not come back is not waited for until the end of the request', async () => {
  const { gateway, clock, transport, post } = setUp()
  gateway.accepts = 'no'
  const failure = failureOf(post())
  await clock.advance(5000)
  expect(await failure).toBe('network.unreachable local')
  for (let at = 0; at < 8; at++) {
    void failureOf(post())
    await clock.advance(20_000)
  }
  expect(await failureOf(post())).toBe('network.unreachable local')
  // Somebody says that it is worth another try.
  gateway.accepts = 'yes'
  const tries = gateway.connections.length
  transport.poke()
  const reply = post()
  await clock.advance(0)
  expect(gateway.connections.length).toBe(tries + 1)
  gateway.reply(first(gateway.seen), 200, body)
  expect((await reply).status).toBe(200)
})

test('a connection that does not come about is given up', async () => {
  const { gateway, clock, post } = setUp()
  gateway.accepts = 'never'
  const failure = failureOf(post())
  await clock.advance(10_000)
  expect(await failure).toBe('network.unreachable local')
})

test('a page that may not ask the gateway', async () => {
  const refused = function refused() {
    throw new DOMException('insecure', 'SecurityError')
  } as unknown as FakeGateway['WebSocket']
  const clock = new ManualClock()
  const transport = new PipeTransport({ url: 'ws://x/', WebSocket: refused, clock, random: seededRandom(1) })
  const failure = failureOf(transport.post(guard, path, body, { timeoutMs: 60_000 }))
  await clock.advance(10_000)
  expect(await failure).toBe('network.unreachable local')
})

test('a gateway that goes away finishes what it has; the rest is sent on the next connection', async () => {
  const { gateway, post, settle } = setUp()
  const early = post()
  await settle()
  const old = first(gateway.connections)
  old.apply(old.pipe.goAway('shutting-down'))
  // It leaves before it has heard that.
  const late = post()
  await settle()
  const [first1, second] = gateway.seen
  if (first1 === undefined || second === undefined) throw new Error('two were expected')
  expect(second.connection).not.toBe(old)
  gateway.reply(first1, 200, Uint8Array.of(1))
  gateway.reply(second, 200, Uint8Array.of(2))
  expect([...(await early).body, ...(await late).body]).toEqual([1, 2])
  await settle()
  expect(old.isOpen).toBe(false)
})

test('a silent gateway is pinged, and given up when it says nothing', async () => {
  const { gateway, clock, transport, post } = setUp()
  const failure = failureOf(post(600_000))
  await clock.advance(100_000)
  expect(transport.state).toBe('open')
  gateway.deaf = true
  await clock.advance(35_000)
  expect(await failure).toBe('network.unreachable local')
})

test('after sleep a dead connection is found out at once', async () => {
  const { gateway, clock, transport, post } = setUp()
  const failure = failureOf(post(600_000))
  await clock.advance(0)
  gateway.deaf = true
  transport.poke()
  await clock.advance(10_000)
  expect(await failure).toBe('network.unreachable local')
})

test('offline nothing is tried; online it is tried at once', async () => {
  const { gateway, clock, transport, post } = setUp()
  transport.setOnline(false)
  expect(await failureOf(post())).toBe('network.unreachable local')
  await clock.advance(100_000)
  expect(gateway.connections).toHaveLength(0)
  transport.setOnline(true)
  const reply = post()
  await clock.advance(0)
  gateway.reply(first(gateway.seen), 200, body)
  expect((await reply).status).toBe(200)
})

test.for([
  ['a text', 'hello'],
  ['a broken rule', Uint8Array.of(99, 0, 0, 0, 0).buffer],
  ['nothing', new ArrayBuffer(0)],
] as const)('%s of the gateway ends the connection', async ([, message]) => {
  const { gateway, post, settle } = setUp()
  const failure = failureOf(post())
  await settle()
  first(gateway.connections).tell(message)
  expect(await failure).toBe('network.unreachable local')
  await settle()
  expect(first(gateway.connections).isOpen).toBe(false)
})

test('closed, it takes nothing new and ends with the last answer', async () => {
  const { gateway, clock, transport, post, settle } = setUp()
  gateway.maxStreams = 1
  const [under, waiting] = [post(), failureOf(post())]
  await settle()
  transport.close()
  expect(await waiting).toBe('network.stopped')
  expect(await failureOf(post())).toBe('network.stopped')
  await settle()
  gateway.reply(first(gateway.seen), 200, body)
  expect((await under).status).toBe(200)
  await settle()
  expect(first(gateway.connections).isOpen).toBe(false)
  expect(clock.waiting).toBe(0)
})

test('no more than so many wait', async () => {
  const { gateway, post, settle } = setUp({ maxWaiting: 2 })
  gateway.accepts = 'never'
  void failureOf(post())
  void failureOf(post())
  await settle()
  expect(await failureOf(post())).toBe('network.busy')
})
