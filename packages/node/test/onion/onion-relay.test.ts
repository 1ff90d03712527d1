import { x25519PublicKey } from '@sotto/protocol/crypto'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  encodeRelayedOnion,
  MAX_ONION_SIZE,
  type OnionCipher,
  type OnionPath,
  parseOnionRequest,
  V4_TARGET,
} from '@sotto/protocol/onion'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OnionReply } from '../../src/onion/onion-reply.ts'
import { bytesOf, hopOf, onionTo, opened, random, seal, testRelays, type TestRelay } from './relays.ts'

const ciphers: readonly OnionCipher[] = ['aes-gcm', 'xchacha20']

function pathOf(relays: readonly TestRelay[]): { readonly guard: TestRelay; readonly destination: TestRelay } {
  const [guard] = relays
  const destination = relays.at(-1)
  if (guard === undefined || destination === undefined) throw new RangeError('no relays')
  return { guard, destination }
}

function textOf(reply: OnionReply): { readonly status: number; readonly text: string } {
  return { status: reply.status, text: utf8Decode(bytesOf(reply)) }
}

test.for(ciphers.flatMap(cipher => [0, 1, 2, 3, 4].map(hops => ({ cipher, hops }))))(
  'the answer comes back through $hops hops in $cipher',
  async ({ cipher, hops }) => {
    const relays = testRelays(hops + 1)
    const onion = onionTo(relays, { cipher, rpc: '{"method":"info"}' })
    const reply = await pathOf(relays).guard.relay.enter(onion.request)
    expect(reply.status).toBe(200)
    const body = JSON.stringify({ echo: '{"method":"info"}' })
    expect(opened(reply, onion)).toMatchObject({ from: 'node', status: 200, body })
    expect(relays.map(({ counts }) => counts.get('onion'))).toEqual(relays.map(() => 1))
    expect(relays.map(({ relay }) => relay.pending)).toEqual(relays.map(() => 0))
  },
)

test('the status of the answer is inside, the one outside is 200', async () => {
  const relays = testRelays(3, { answer: async () => ({ status: 421, contentType: 'application/json', body: '{}' }) })
  const onion = onionTo(relays, { json: true })
  const reply = await pathOf(relays).guard.relay.enter(onion.request)
  expect(reply.status).toBe(200)
  expect(opened(reply, onion)).toMatchObject({ from: 'node', status: 421, body: '{}', isJson: true })
})

test('bytes come in base64, also where JSON was asked for', async () => {
  const answer = async () => ({
    status: 200,
    contentType: 'application/octet-stream' as const,
    body: Uint8Array.of(1, 2),
  })
  const relays = testRelays(2, { answer })
  const onion = onionTo(relays, { json: true })
  const reply = await pathOf(relays).guard.relay.enter(onion.request)
  expect(opened(reply, onion)).toMatchObject({ status: 200, body: 'AQI=', isJson: false })
})

test.for([true, false])('a held retrieve is padded to 4 KiB: %s', async pad => {
  const relays = testRelays(2, {
    answer: async () => ({ status: 200, contentType: 'application/json', body: '{}', pad }),
  })
  const onion = onionTo(relays)
  const reply = await pathOf(relays).guard.relay.enter(onion.request)
  expect(bytesOf(reply).length === 4096).toBe(pad)
  expect(opened(reply, onion)).toMatchObject({ status: 200, body: '{}' })
})

test('an onion of a long path passes fifteen hops and not sixteen', async () => {
  const relays = testRelays(4)
  const { guard } = pathOf(relays)
  const fits = onionTo(relays, { hopNumber: 12 })
  expect(opened(await guard.relay.enter(fits.request), fits)).toMatchObject({ status: 200 })
  const tooFar = onionTo(relays, { hopNumber: 13 })
  expect(textOf(await guard.relay.enter(tooFar.request))).toEqual({
    status: 400,
    text: 'onion request max path length exceeded',
  })
  const behind = onionTo(relays, { hopNumber: -7 })
  expect(opened(await guard.relay.enter(behind.request), behind)).toMatchObject({ status: 200 })
})

test('a path may lead through one node twice in a row', async () => {
  const [guard, last] = testRelays(2)
  if (guard === undefined || last === undefined) return expect.fail()
  const onion = onionTo([guard, guard, last])
  expect(opened(await guard.relay.enter(onion.request), onion)).toMatchObject({ status: 200 })
})

test('a node that is not listed is named', async () => {
  const relays = testRelays(4)
  const { guard, destination } = pathOf(relays)
  destination.entry = undefined
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({
    status: 502,
    text: `Next node not found: ${destination.identity.id}`,
  })
})

test('a node without a link that we speak is unreachable', async () => {
  const relays = testRelays(4)
  const { guard, destination } = pathOf(relays)
  if (destination.entry !== undefined) destination.entry = { ...destination.entry, capabilities: [] }
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({
    status: 502,
    text: `Next node is currently unreachable: ${destination.identity.id}`,
  })
})

test('a node that is not ready says so: as guard with reasons, further on with its name', async () => {
  const relays = testRelays(3)
  const { guard, destination } = pathOf(relays)
  destination.blockers = ['syncing']
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({
    status: 503,
    text: `Snode not ready: ${destination.identity.id}`,
  })
  guard.blockers = ['starting', 'no swarm']
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({
    status: 503,
    text: 'Service node is not ready: starting; no swarm\n',
  })
})

test('a node that has too much to do begins nothing, and a node without storage says so as the destination', async () => {
  const relays = testRelays(2, { answer: async () => undefined })
  const { guard, destination } = pathOf(relays)
  const notReady = { status: 503, text: `Snode not ready: ${destination.identity.id}` }
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual(notReady)
  destination.isStuck = true
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual(notReady)
  guard.isStuck = true
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({
    status: 503,
    text: 'Server busy, try again later',
  })
})

test.for([
  ['a broken link', 'link.unreachable', 504, 'Request time out'],
  ['an answer that nobody understands', 'link.bad-answer', 500, 'Invalid response from snode'],
] as const)('%s', async ([, code, status, text]) => {
  const { LinkError } = await import('../../src/swarm/link/link-error.ts')
  const relays = testRelays(3)
  const { guard, destination } = pathOf(relays)
  destination.link = async () => {
    throw new LinkError(code)
  }
  expect(textOf(await guard.relay.enter(onionTo(relays).request))).toEqual({ status, text })
})

test.for([
  ['busy on the link', { status: 503, body: new Uint8Array() }, 503, 'Snode not ready: '],
  ['without the method', { status: 404, body: new Uint8Array() }, 500, 'Invalid response from snode'],
  ['without a status', { status: 200, body: new Uint8Array() }, 500, 'Invalid response from snode'],
  ['too large', { status: 200, body: new Uint8Array(MAX_ONION_SIZE + 1) }, 504, 'Request time out'],
  ['with an odd status', { status: 200, body: Uint8Array.of(418 >> 8, 418 & 255, 0x78) }, 500, 'x'],
] as const)('a next node that is or answers %s', async ([, answer, status, text]) => {
  const relays = testRelays(3)
  const { guard, destination } = pathOf(relays)
  destination.link = async () => answer
  const reply = textOf(await guard.relay.enter(onionTo(relays).request))
  expect(reply.status).toBe(status)
  expect(reply.text).toMatch(text)
})

test('a damaged layer is refused by whoever cannot open it', async () => {
  const relays = testRelays(3)
  const { guard } = pathOf(relays)
  const { request } = onionTo(relays)
  request[request.length - 300] = (request[request.length - 300] ?? 0) ^ 1
  expect(textOf(await guard.relay.enter(request))).toEqual({ status: 400, text: 'Invalid ciphertext' })
})

test('an onion goes through once: a repeat looks like a damaged one, at every hop', async () => {
  const relays = testRelays(3)
  const [guard, middle] = relays
  if (guard === undefined || middle === undefined) return expect.fail()
  const onion = onionTo(relays)
  expect(opened(await guard.relay.enter(onion.request), onion)).toMatchObject({ status: 200 })
  const refused = { status: 400, text: 'Invalid ciphertext' }
  expect(textOf(await guard.relay.enter(onion.request))).toEqual(refused)

  const straight = onionTo(relays.slice(1))
  const relayed = encodeRelayedOnion(parseOnionRequest(straight.request))
  expect(opened(await middle.relay.relayed(relayed, guard.identity.id), straight)).toMatchObject({ status: 200 })
  expect(textOf(await middle.relay.relayed(relayed, guard.identity.id))).toEqual(refused)
})

test('a layer that did not open is not remembered: nobody can burn the key of another', async () => {
  const relays = testRelays(2)
  const { guard } = pathOf(relays)
  const onion = onionTo(relays)
  const damaged = onion.request.slice()
  damaged[20] = (damaged[20] ?? 0) ^ 1
  expect((await guard.relay.enter(damaged)).status).toBe(400)
  expect(opened(await guard.relay.enter(onion.request), onion)).toMatchObject({ status: 200 })
})

test.for([
  ['', /^Error parsing onion request: /],
  ['\u0001\0\0', /^Error parsing onion request: /],
  ['\xff\xff\xff\xff{}', /^Error parsing onion request: /],
  ['\0\0\0\0', /^Error parsing onion request: /],
  ['\0\0\0\0[]', /^Error parsing onion request: /],
  ['\0\0\0\0{}', /^Error parsing onion request: /],
  [`\0\0\0\0{"ephemeral_key":"${'0'.repeat(63)}"}`, /^Error parsing onion request: /],
  [`\0\0\0\0{"ephemeral_key":"${'7'.repeat(64)}","enc_type":"rot13"}`, /^Error parsing onion request: /],
  [`\0\0\0\0{"ephemeral_key":"${'7'.repeat(64)}","hop_no":"1"}`, /^Error parsing onion request: /],
  [`\0\0\0\0{"ephemeral_key":"${'7'.repeat(64)}"}`, /^Invalid ciphertext$/],
  // A key of small order shares a secret with nobody.
  [`\0\0\0\0{"ephemeral_key":"${'0'.repeat(64)}"}`, /^Invalid ciphertext$/],
] as const)('the guard refuses what is no onion: %j', async ([body, text]) => {
  const { guard } = pathOf(testRelays(1))
  const reply = textOf(await guard.relay.enter(Uint8Array.from(body, letter => letter.codePointAt(0) ?? 0)))
  expect(reply.status).toBe(400)
  expect(reply.text).toMatch(text)
})

test('a relayed request that is none is not blamed on the guard', async () => {
  const { guard } = pathOf(testRelays(1))
  const reply = await guard.relay.relayed(utf8Encode('d4:data1:xe'), guard.identity.id)
  expect(textOf(reply)).toEqual({ status: 400, text: 'Invalid relayed request' })
})

test('whatever comes is answered', async () => {
  const { guard } = pathOf(testRelays(1))
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
      expect((await guard.relay.enter(bytes)).status).toBe(400)
      expect((await guard.relay.relayed(bytes, guard.identity.id)).status).toBe(400)
    }),
    { numRuns: 200 },
  )
})

test('a layer that opens and makes no sense is answered under its own key', async () => {
  const relays = testRelays(2)
  const [first, second] = relays
  if (first === undefined || second === undefined) return expect.fail()
  const server = { host: 'example.org', port: 443, protocol: 'https', target: '/evil' } as const
  const key = x25519PublicKey(random(32))
  const badUrl: OnionPath = { hops: relays.map(hopOf), destination: { kind: 'server', key, address: server } }
  const onion = seal(badUrl, 'x')
  const reply = await first.relay.enter(onion.request)
  expect(reply.status).toBe(200)
  expect(opened(reply, onion)).toMatchObject({ from: 'hop', hop: 1, status: 400, body: 'Invalid url' })
})

test('a server gets the whole frame; its status is mapped between nodes and not at the exit', async () => {
  const asked: string[] = []
  const relays = testRelays(2, {
    proxy: async ({ host, port, target }, body) => {
      asked.push(`${host} ${port} ${target} ${body.length > 100}`)
      return { status: 418, body: 'teapot', contentType: 'text/tea' }
    },
  })
  const { guard, destination: exit } = pathOf(relays)
  const address = { host: 'example.org', port: 443, protocol: 'https', target: V4_TARGET } as const
  const destination = { kind: 'server', key: x25519PublicKey(random(32)), address } as const
  const throughTwo = seal({ hops: relays.map(hopOf), destination }, 'payload')
  expect(textOf(await guard.relay.enter(throughTwo.request))).toEqual({ status: 500, text: 'teapot' })
  const throughOne = seal({ hops: [hopOf(exit)], destination }, 'payload')
  expect(await exit.relay.enter(throughOne.request)).toEqual({ status: 418, body: 'teapot', contentType: 'text/tea' })
  expect(asked).toEqual(Array.from({ length: 2 }, () => `example.org 443 ${V4_TARGET} true`))
  expect(exit.counts.get('proxy')).toBe(2)
})

test('a server that may not be asked is told of under the key of the exit', async () => {
  const relays = testRelays(2, { proxy: async () => 'forbidden' })
  const address = { host: '10.0.0.1', port: 80, protocol: 'http', target: V4_TARGET } as const
  const onion = seal(
    { hops: relays.map(hopOf), destination: { kind: 'server', key: x25519PublicKey(random(32)), address } },
    'x',
  )
  const reply = await pathOf(relays).guard.relay.enter(onion.request)
  expect(reply.status).toBe(200)
  expect(opened(reply, onion)).toMatchObject({ from: 'hop', hop: 1, status: 400, body: 'Invalid url' })
})

test('what waits has a bound, in total and for each node', async () => {
  const waiting: (() => void)[] = []
  const relays = testRelays(2, {
    answer: () =>
      new Promise(resolve => {
        waiting.push(() => resolve({ status: 200, contentType: 'application/json', body: '{}' }))
      }),
    limits: { maxPending: 3, maxPendingPerNode: 2 },
  })
  const [one, two] = relays
  if (one === undefined || two === undefined) return expect.fail()
  const relayed = () =>
    two.relay.relayed(encodeRelayedOnion(parseOnionRequest(onionTo([two]).request)), one.identity.id)
  const answered = [relayed(), relayed()]
  expect(textOf(await relayed())).toEqual({ status: 503, text: `Snode not ready: ${two.identity.id}` })
  answered.push(two.relay.enter(onionTo([two]).request))
  expect(textOf(await two.relay.enter(onionTo([two]).request))).toEqual({
    status: 503,
    text: 'Server busy, try again later',
  })
  expect(two.relay.pending).toBe(3)
  for (const finish of waiting) finish()
  expect((await Promise.all(answered)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect(two.relay.pending).toBe(0)
})

test('an unforeseen failure gives the place back', async () => {
  const failing = async () => {
    throw new RangeError('a mistake')
  }
  const { guard } = pathOf(testRelays(1, { answer: failing }))
  await expect(guard.relay.enter(onionTo([guard]).request)).rejects.toThrow(RangeError)
  expect(guard.relay.pending).toBe(0)
})

test('a node that floods another one does not hold up what comes from others', async () => {
  let now = 0
  // Every look at the clock is a millisecond later, as if something had been done.
  const turns = { now: () => now++, defer: (run: () => void) => void setImmediate(run) }
  const relays = testRelays(3, { turns })
  const { destination } = pathOf(relays)
  const answered: string[] = []
  const send = async (sender: number): Promise<void> => {
    const { request } = onionTo([destination])
    const body = encodeRelayedOnion(parseOnionRequest(request))
    const reply = await destination.relay.relayed(body, relays[sender]?.identity.id ?? destination.identity.id)
    answered.push(`${sender} ${reply.status}`)
  }
  const flood = Array.from({ length: 100 }, () => send(0))
  expect(destination.relay.queued).toBeGreaterThan(90)
  await Promise.all([1, 1, 1].map(send))
  expect(answered.filter(each => each === '0 200').length).toBeLessThan(20)
  await Promise.all(flood)
  expect(answered.filter(each => each === '0 200')).toHaveLength(100)
  expect(destination.relay.pending).toBe(0)
})

test('onions that there is no room for are refused before they are opened', async () => {
  const turns = { now: () => 0, defer: () => undefined }
  const relays = testRelays(2, { turns, limits: { turnMs: 0, maxQueuedPerSide: 2 } })
  const { destination, guard } = pathOf(relays)
  const send = () => {
    const { request } = onionTo([destination])
    return destination.relay.relayed(encodeRelayedOnion(parseOnionRequest(request)), guard.identity.id)
  }
  void send()
  void send()
  expect(textOf(await send())).toEqual({ status: 503, text: `Snode not ready: ${destination.identity.id}` })
  expect([destination.relay.pending, destination.relay.queued]).toEqual([2, 2])
  const entered = [1, 2, 3].map(() => destination.relay.enter(onionTo([destination]).request))
  expect(textOf(await (entered[2] ?? send()))).toMatchObject({ status: 503, text: 'Server busy, try again later' })
})
